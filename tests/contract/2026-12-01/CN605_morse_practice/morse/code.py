TABLE = {"e": ".", "t": "-", "s": "...", "o": "---"}


def encode(text: str) -> str:
    return " ".join(TABLE[letter] for letter in text.lower())


def decode(signal: str) -> str:
    letters = {marks: letter for letter, marks in TABLE.items()}
    return "".join(map(letters.__getitem__, signal.split()))
