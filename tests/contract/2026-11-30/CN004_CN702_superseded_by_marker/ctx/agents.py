from ctx.context import create_user_context, get_user_context


def answer(user, text):
    context = create_user_context(user)  # want: CN004
    return context.run, text


def again(user):
    return get_user_context(user)
