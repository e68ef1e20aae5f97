from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from blog.models import Author, Comment, Post


class Posts:
    def __init__(self, session: AsyncSession) -> None:
        self.session = session

    async def by_author(self, name: str) -> list[Post]:
        statement = select(Post).join(Author, Post.author_id == Author.id).where(Author.name == name)
        return list(await self.session.scalars(statement))

    async def comments(self, post: int) -> list[Comment]:
        statement = select(Comment).where(Comment.post_id == post).order_by(Comment.id)
        return list(await self.session.scalars(statement))

    async def comment_authors(self) -> list[int | None]:
        return list(await self.session.scalars(select(Comment.author_id)))
