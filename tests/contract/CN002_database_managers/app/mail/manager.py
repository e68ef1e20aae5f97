class MailingListManager:  # ok: CN002 a manager of something else
    def __init__(self) -> None:
        self._members: set[str] = set()

    def connect(self, address: str) -> None:
        self._members.add(address)

    def close(self) -> None:
        self._members.clear()
