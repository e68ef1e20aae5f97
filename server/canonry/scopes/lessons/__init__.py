"""What a team has learned, read from its Markdown files."""

from canonry.scopes.lessons.files import LessonsOf, is_lesson_file
from canonry.scopes.lessons.reading import (
    NO_LESSONS,
    Check,
    Keyword,
    Lesson,
    Lessons,
    first_line,
    read_lessons,
)

__all__ = [
    "NO_LESSONS",
    "Check",
    "Keyword",
    "Lesson",
    "Lessons",
    "LessonsOf",
    "first_line",
    "is_lesson_file",
    "read_lessons",
]
