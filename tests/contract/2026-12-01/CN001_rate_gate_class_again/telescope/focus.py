from telescope.limits import TokenBucket


def autofocus(motor, gate: TokenBucket, positions: list[int]) -> int:
    return sum(1 for position in positions if gate.take(2) and motor.move(position))
