from __future__ import annotations

from uuid import uuid4

from tutor.sessions import LearningSession

QUESTIONS = {"7 x 8": "56", "12 x 12": "144", "9 x 6": "54"}


def next_question(session: LearningSession) -> str:
    for question in QUESTIONS:
        if question not in session.asked:
            session.asked.append(question)
            return question
    return ""


def rate(question: str, text: str) -> int:
    return int(QUESTIONS.get(question) == text.strip())


def create_certificate(certificate_id: str, session: LearningSession) -> dict[str, str]:
    return {"id": certificate_id, "pupil": session.pupil, "score": str(session.score)}


def print_certificate(session: LearningSession) -> dict[str, str]:
    return create_certificate(str(uuid4()), session)  # ok: CN501 a certificate has a number of its own each time
