from pressroom.runner import EnhancedJobRunner

PLATES = EnhancedJobRunner(limit=2)


def burn(plate: str) -> int:
    PLATES.submit(["platesetter", plate])
    return PLATES.step()
