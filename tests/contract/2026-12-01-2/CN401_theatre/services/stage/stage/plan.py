from stage.rigging import Rig


def plan(rigs: list[Rig], width: int) -> list[str]:
    lines = []
    for rig in rigs:
        bar = "#" * min(width, len(rig.blocked_rows))
        lines.append(f"{rig.name:<12}{bar}")
    return lines
