class ThreadStore:
    def __init__(self, database) -> None:
        self.database = database

    async def get_or_create_thread(self, student: str) -> dict:
        found = await self.database.find("threads", student=student)
        return found or await self.create_thread(student=student, thread_id=student)

    async def create_thread(self, student: str, thread_id: str) -> dict:
        return await self.database.insert("threads", student=student, id=thread_id)
