from bot.config import load_config


def show() -> dict:
    return load_config()
