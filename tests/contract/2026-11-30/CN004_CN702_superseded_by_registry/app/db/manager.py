class DatabaseManager:
    def __init__(self, url):
        self.url = url

    def connect(self):
        return self.url
