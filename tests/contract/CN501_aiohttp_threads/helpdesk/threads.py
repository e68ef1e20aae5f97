class Threads:
    def __init__(self) -> None:
        self._by_ticket: dict[int, dict] = {}

    def create_thread(self, thread_id: str, ticket: int) -> dict:
        thread = {"id": thread_id, "ticket": ticket, "messages": []}
        self._by_ticket[ticket] = thread
        return thread

    def get_thread(self, ticket: int) -> dict | None:
        return self._by_ticket.get(ticket)


threads = Threads()
