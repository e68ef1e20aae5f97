import uuid


class ThreadStore:
    def __init__(self, db):
        self.db = db

    async def create_thread(self, thread_id: str, user_id: str):
        return await self.db.insert("threads", id=thread_id, user=user_id)

    async def get_or_create_thread(self, user_id: str):
        row = await self.db.find("threads", user=user_id)
        if row is not None:
            return row
        return await self.create_thread(thread_id=str(uuid.uuid4()), user_id=user_id)
