from bot.config import load_config


def main() -> None:
    config = load_config()
    print(config["token"][:3])
