import redis.asyncio as redis
from aiohttp import web

from live.scores import scores

broker: redis.Redis | None = None


async def connect_broker(app: web.Application) -> None:
    global broker
    broker = redis.from_url("redis://broker/0")  # ok: CN102 opened and closed by the application


async def disconnect_broker(app: web.Application) -> None:
    await broker.aclose()


async def publish(request: web.Request) -> web.Response:
    await broker.publish("live", await request.text())
    await scores.refresh()
    return web.Response(status=204)


def make_app() -> web.Application:
    app = web.Application()
    app.router.add_post("/publish", publish)
    app.on_startup.append(connect_broker)
    app.on_cleanup.append(disconnect_broker)
    return app
