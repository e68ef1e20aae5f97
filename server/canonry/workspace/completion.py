def complete(*a):
    return ()
