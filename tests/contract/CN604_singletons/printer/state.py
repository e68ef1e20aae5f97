class State:
    def __init__(self) -> None:
        self.paper = 100
        self.errors: list[str] = []


state = State()
COPIES = {"default": 1}
margin = 10


def page_width() -> int:
    return 210 - 2 * margin


def can_print(pages: int) -> bool:
    return state.paper >= pages and not state.errors
