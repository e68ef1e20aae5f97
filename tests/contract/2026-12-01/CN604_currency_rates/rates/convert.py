from rates import config

TABLE: dict[str, float] = {"EUR": 1.0, "CHF": 0.94}


class Converter:
    strict = True

    def convert(self, amount: float, currency: str) -> float:
        if self.strict and currency not in TABLE:
            raise LookupError(currency)
        return round(amount * TABLE.get(currency, 1.0), config.precision())


def describe() -> str:
    return f"1 {config.base_currency()}"
