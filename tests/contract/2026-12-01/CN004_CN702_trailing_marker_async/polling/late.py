async def recount(session, number: int) -> int:
    from polling.client import fetch_in_turn

    pages = await fetch_in_turn(session, [f"/recount/{number}"])  # want: CN004
    return len(pages[0])


def explain() -> str:
    # fetch_in_turn is kept for the small districts' server  # ok: CN004 a comment
    return "districts are fetched one after another"
