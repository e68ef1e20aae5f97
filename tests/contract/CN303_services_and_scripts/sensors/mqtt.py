import os


def credentials() -> tuple[str, str]:
    return "sensors", os.environ["MQTT_PASSWORD"]
