# canonry: superseded-by old.text.slugify
def make_slug(text):
    return text.lower().replace(" ", "-")
