from sqlalchemy import create_engine


class DatabaseManagerV2:
    def __init__(self, url, echo=False):
        self.engine = create_engine(url, echo=echo)

    def get_session(self):
        return self.engine.connect()

    def health_check(self):
        return self.engine.connect() is not None

    def close(self):
        self.engine.dispose()
