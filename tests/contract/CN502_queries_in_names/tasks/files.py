class Folder:
    def __init__(self, project, names: list[str]) -> None:
        self.project = project
        self.names = names


def folders(found: list[Folder]) -> list[str]:
    return [folder.project.name for folder in found]  # ok: CN502 no query, no model
