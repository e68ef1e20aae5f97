from old.slugs import make_slug


def slugify(text, limit=50):
    return make_slug(text)[:limit]
