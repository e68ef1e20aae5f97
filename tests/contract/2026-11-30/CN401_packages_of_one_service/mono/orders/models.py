class Order:  # ok: CN401 one service, several packages; third-party of the same name
    id = 0
