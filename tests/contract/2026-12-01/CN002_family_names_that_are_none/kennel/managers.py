class UserManager:
    def __init__(self, directory) -> None:
        self.directory = directory

    def create(self, email: str) -> str:
        return self.directory.add(email.lower())

    def remove(self, key: str) -> None:
        self.directory.disable(key)


class UserProfileManager:  # ok: CN002 a user's profile is another domain object
    def __init__(self, storage) -> None:
        self.storage = storage

    def create(self, email: str) -> dict:
        profile = {"email": email, "photo": None, "dogs": []}
        self.storage.insert("profiles", profile)
        return profile

    def remove(self, key: str) -> None:
        for picture in self.storage.select("pictures", owner=key):
            self.storage.unlink(picture)


class KennelManager:  # ok: CN002 another domain object
    def __init__(self, plan) -> None:
        self.plan = plan

    def create(self, email: str) -> int:
        box = self.plan.first_free()
        self.plan.assign(box, email)
        return box

    def remove(self, key: str) -> None:
        self.plan.boxes = {box: who for box, who in self.plan.boxes.items() if who != key}
