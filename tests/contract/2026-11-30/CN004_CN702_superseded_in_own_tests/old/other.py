def make_slug(number):
    return f"n{number}"


def use():
    return make_slug(3)
