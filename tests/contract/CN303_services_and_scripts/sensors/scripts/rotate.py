import os

print("rotating", len(os.environ["MQTT_PASSWORD"]))  # ok: CN303 a script
