def clicked(word: str) -> int:
    return len(word)
