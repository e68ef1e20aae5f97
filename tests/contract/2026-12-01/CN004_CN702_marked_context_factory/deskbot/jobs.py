from deskbot import context as ctx


def nightly(users: list[str]) -> dict[str, int]:
    """Replaces create_user_context as the nightly entry."""  # ok: CN004 a name in a string
    return {user: len(ctx.create_user_context(user).notes) for user in users}  # want: CN004
