"""HTTP front of the thumbnail service."""
import logging
from asyncio import run as run_sync

from aiohttp import web

from thumbs.render import render_thumbnail

log = logging.getLogger(__name__)
routes = web.RouteTableDef()


@routes.get("/thumb/{image_id}")
async def get_thumbnail(request: web.Request) -> web.Response:
    image_id = request.match_info["image_id"]
    width = int(request.query.get("w", "200"))
    data = run_sync(render_thumbnail(image_id, width))  # want: CN101
    return web.Response(body=data, content_type="image/png")


@routes.get("/ping")
async def ping(request: web.Request) -> web.Response:
    return web.Response(text="pong")


def main() -> None:
    app = web.Application()
    app.add_routes(routes)
    web.run_app(app, port=8081)


if __name__ == "__main__":
    main()
