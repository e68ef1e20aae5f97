import os


class UnifiedConfigManager:  # canonry: canonical
    """The one way to read configuration."""

    def __init__(self, prefix):
        self.prefix = prefix
        self.values = {}

    def load(self):
        for name, value in os.environ.items():
            if name.startswith(self.prefix):
                self.values[name] = value

    def get(self, key, default=None):
        return self.values.get(key, default)

    def set(self, key, value):
        self.values[key] = value

    def reload(self):
        self.values.clear()
        self.load()
