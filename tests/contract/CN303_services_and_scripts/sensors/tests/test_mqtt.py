import os

from sensors.mqtt import credentials


def test_credentials(monkeypatch):
    monkeypatch.setenv("MQTT_PASSWORD", "x")
    assert credentials()[1] == os.environ["MQTT_PASSWORD"]  # ok: CN303 a test
