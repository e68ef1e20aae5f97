from arcade.redis_sessions import UnifiedSessionStore
from arcade.score_store import ScoreStore
from arcade.sessions import SessionStore


def rejoin(store: SessionStore, key: str) -> str:
    data = store.load(key)
    return data["room"] if data else "lobby"


def leave(store: UnifiedSessionStore, scores: ScoreStore, key: str, points: int) -> None:
    store.drop(key)
    scores.save(key, {"points": points})
