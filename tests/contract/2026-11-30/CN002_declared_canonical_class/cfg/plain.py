import json


class ConfigurationManager:
    def __init__(self, path):
        self.path = path
        self.data = {}

    def load(self):
        with open(self.path) as handle:
            self.data = json.load(handle)

    def get(self, key, default=None):
        return self.data.get(key, default)

    def set(self, key, value):
        self.data[key] = value

    def reload(self):
        self.data = {}
        self.load()
