from moderation.helpers import classify, run_coroutine, start_training


class ModeratedRoom:
    limit = 0.4

    def __init__(self) -> None:
        self.muted: set[str] = set()

    @property
    def strictness(self) -> float:
        return self.limit / 2

    def verdict(self, text: str) -> bool:
        return run_coroutine(classify(text)) > self.strictness

    async def on_message(self, author: str, text: str) -> bool:
        if author in self.muted:
            return False
        if self.verdict(text):
            self.muted.add(author)
            return False
        return True

    async def on_close(self, transcript: list[str]) -> int | None:
        return start_training(transcript).pid
