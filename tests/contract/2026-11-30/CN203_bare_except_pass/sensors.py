import contextlib
import json

EMPTY = {}


def read_temperature(bus, address):
    try:
        return bus.read(address) / 16
    except Exception:  # want: CN203
        return 0.0


def read_config(path):
    try:
        with open(path) as handle:
            return json.load(handle)
    except:  # want: CN203
        return EMPTY


class Gateway:
    def __init__(self, sensors):
        self.sensors = sensors

    def poll(self):
        values = []
        for sensor in self.sensors:
            try:
                values.append(sensor.value())
            except Exception:  # want: CN203
                continue
        return values

    async def publish(self, broker, values):
        try:
            await broker.publish("values", values)
        except BaseException as error:  # want: CN203
            pass
