from hub.bus import Event, publish


def placed(order):
    publish(Event("order.placed", {"id": order.id}))
