from ctx import context as contexts


def post(request):
    return contexts.create_user_context(request.user)  # want: CN004
