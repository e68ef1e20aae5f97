import app.context


def digest(user_ids: list[str]) -> list[object]:
    return [app.context.create_user_execution_context(user, "digest") for user in user_ids]  # want: CN004
