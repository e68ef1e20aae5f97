import os

import jwt


class AuthMiddleware:
    def __init__(self, app):
        self.app = app
        self.secret = os.getenv("JWT_SECRET_KEY")

    async def __call__(self, scope, receive, send):
        token = dict(scope["headers"]).get(b"authorization", b"")
        scope["user"] = jwt.decode(token, self.secret, algorithms=["HS256"])
        await self.app(scope, receive, send)
