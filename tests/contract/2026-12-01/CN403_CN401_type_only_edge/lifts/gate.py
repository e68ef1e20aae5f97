from passes.card import Card  # ok: CN403 the way back is for types only


class Gate:
    def __init__(self, lift: str) -> None:
        self.lift = lift
        self.count = 0

    def let_in(self, card: Card) -> bool:
        if card.points <= 0:
            return False
        self.count += 1
        return True
