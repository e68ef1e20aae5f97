class Context:
    def __init__(self, user, run):
        self.user = user
        self.run = run


# canonry: superseded-by ctx.context.get_user_context keeps the thread
def create_user_context(user):
    return Context(user, "new")


_known = {}


def get_user_context(user):
    if user not in _known:
        _known[user] = Context(user, "kept")
    return _known[user]
