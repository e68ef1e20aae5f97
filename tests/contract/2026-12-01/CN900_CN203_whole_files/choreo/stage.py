def lights(desk, scene: str) -> bool:
    try:
        desk.recall(scene)
    except Exception:  # want: CN203
        pass
    return desk.scene == scene


def ignore_file(name: str) -> bool:  # ok: CN900 a name that sounds like the comment
    return name.startswith("canonry: ignore-file")  # ok: CN900 a string
