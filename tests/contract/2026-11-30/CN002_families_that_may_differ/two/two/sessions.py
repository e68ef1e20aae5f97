class SessionManager:
    def __init__(self, redis):
        self.redis = redis

    def create(self, user):
        self.redis.set(user, 1)

    def get(self, key):
        return self.redis.get(key)

    def expire(self, key):
        self.redis.delete(key)
