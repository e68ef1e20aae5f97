from dataclasses import dataclass


@dataclass
class Form:
    year: int

    def box(self, number: int) -> int:
        return (self.year % 100) * number


class Registry:
    pass


def publish(form: Form, registry: Registry) -> None:
    for number in range(1, 4):
        setattr(registry, f"test_value_{number}", form.box(number))  # ok: CN605 not a test: a registry of values in the application
