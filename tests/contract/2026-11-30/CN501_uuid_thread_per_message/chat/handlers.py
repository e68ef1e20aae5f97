from uuid import uuid4

from chat.threads import ThreadStore


class MessageHandler:
    def __init__(self, store: ThreadStore, agent):
        self.store = store
        self.agent = agent

    async def handle_message(self, message: dict) -> str:
        user_id = message["user"]
        thread = await self.store.create_thread(thread_id=str(uuid4()), user_id=user_id)  # want: CN501
        return await self.agent.answer(thread, message["text"])
