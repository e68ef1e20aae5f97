from market.cart import Cart


class CartProxy:
    def __init__(self, cart: Cart) -> None:
        self._cart = cart

    def __getattr__(self, name: str) -> object:
        return getattr(self._cart, name)
