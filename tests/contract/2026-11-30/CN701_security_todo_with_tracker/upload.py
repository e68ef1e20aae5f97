def upload(request, store):
    # TODO(SEC-142): validate the auth header
    name = request.headers["name"]
    # TODO: scan for secrets before storing
    # TODO: verify authorization of the caller
    return store.put(name, request.body)
