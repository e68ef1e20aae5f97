class LegacyDb:
    def __init__(self, url):
        self.url = url

    def open(self):
        return self.url
