from puppetry.stage.motors import build_plan


def first_puppet(scene: dict[str, int]) -> str:
    plan = build_plan(scene)
    return plan[0][1] if plan else ""


def length(scene: dict[str, int]) -> int:
    return build_plan(scene)[-1][0]
