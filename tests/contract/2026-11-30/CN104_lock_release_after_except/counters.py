import threading


class Registry:
    def __init__(self, backend):
        self.backend = backend
        self.lock = threading.Lock()
        self.values = {}

    def bump(self, key):
        self.lock.acquire()  # want: CN104
        value = self.backend.load(key) + 1
        self.backend.save(key, value)
        self.values[key] = value
        self.lock.release()
        return value

    def drop(self, key):
        self.lock.acquire()  # want: CN104
        try:
            self.backend.delete(key)
            del self.values[key]
        except KeyError:
            self.lock.release()
            raise
        self.lock.release()

    def snapshot(self):
        self.lock.acquire()
        try:
            return dict(self.values)
        finally:
            self.lock.release()
