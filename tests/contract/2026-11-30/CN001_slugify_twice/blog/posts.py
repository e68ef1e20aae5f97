from dataclasses import dataclass, field
from datetime import datetime, timezone

from blog.utils.text import excerpt, slugify


@dataclass
class Post:
    title: str
    body: str
    created: datetime = field(default_factory=lambda: datetime.now(timezone.utc))

    @property
    def slug(self) -> str:
        return slugify(self.title)

    def summary(self) -> str:
        return excerpt(self.body)


def latest(posts: list[Post], count: int = 10) -> list[Post]:
    return sorted(posts, key=lambda post: post.created, reverse=True)[:count]
