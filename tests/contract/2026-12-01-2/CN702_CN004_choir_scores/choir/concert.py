from __future__ import annotations

from choir.scores import find_score, score_by_title


def programme(titles: list[str]) -> list[str]:
    lines = []
    for title in titles:
        score = score_by_title(title)  # want: CN004 find_score
        if score is not None:
            lines.append(f"{score.title} ({score.voices} voices)")
    return lines


def singers_needed(titles: list[str], per_voice: int = 2) -> int:
    return max(find_score(title).voices for title in titles) * per_voice  # ok: CN004 the replacement
