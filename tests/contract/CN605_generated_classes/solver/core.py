def solve(puzzle: str) -> int:
    return len(puzzle)
