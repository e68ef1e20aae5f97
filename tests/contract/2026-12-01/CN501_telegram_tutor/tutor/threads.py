"""Learning threads: one for each pupil and subject."""
import itertools
import secrets

_threads: dict[tuple[int, str], dict] = {}
_numbers = itertools.count(1)


def create_thread(pupil: int, subject: str, *, thread_id: str) -> dict:
    thread = {"id": thread_id, "pupil": pupil, "subject": subject, "turns": []}
    _threads[(pupil, subject)] = thread
    return thread


def get_thread(pupil: int, subject: str) -> dict:
    """The pupil's thread in this subject; begun on first use."""
    if (pupil, subject) not in _threads:
        return create_thread(pupil, subject, thread_id=secrets.token_hex(8))  # ok: CN501 get_thread is the accessor
    return _threads[(pupil, subject)]


def create_exercise(thread: dict, *, exercise_id: str) -> dict:
    entry = {"exercise": exercise_id, "number": next(_numbers)}
    thread["turns"].append(entry)
    return entry
