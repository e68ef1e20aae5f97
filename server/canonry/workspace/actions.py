def actions(*a):
    return ()


def resolve(*a):
    return None
