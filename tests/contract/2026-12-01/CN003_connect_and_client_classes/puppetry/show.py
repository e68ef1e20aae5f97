from puppetry.stage.motors import RetryPolicy, build_plan


def cues(scene: dict[str, int]) -> list[str]:
    return [f"{second:>4} {puppet}" for second, puppet in build_plan(scene)]


def lift(policy: RetryPolicy, motor) -> bool:
    return any(motor.turn(step) for step in policy.steps(40))
