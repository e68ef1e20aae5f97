def clicks(doc):
    return 0
