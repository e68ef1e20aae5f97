import os


def index_name(language: str) -> str:
    return f"{os.environ['INDEX_GENERATION']}-{language}"  # ok: CN303 no secret
