from hub.bus import Event, publish


def low(sku):
    publish(Event("stock.low", {"sku": sku}))
