import os


def get_jwt_secret() -> str:
    """The key that signs tokens."""
    return os.environ["JWT_SECRET_KEY"]
