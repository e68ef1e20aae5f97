import os


def credentials() -> tuple[str, str]:
    return "alarms", os.environ["MQTT_PASSWORD"]  # ok: CN303 another service
