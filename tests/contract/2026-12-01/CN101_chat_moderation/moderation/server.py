import asyncio

from aiohttp import web

from moderation.room import ModeratedRoom


async def message(request: web.Request) -> web.Response:
    room: ModeratedRoom = request.app["room"]
    accepted = await room.on_message(request.query["author"], await request.text())
    return web.json_response({"accepted": accepted})


async def replay(request: web.Request) -> web.Response:
    loop = asyncio.new_event_loop()
    verdict = loop.run_until_complete(request.app["room"].on_message("replay", ""))  # want: CN101
    return web.json_response({"verdict": verdict})


def serve() -> None:
    app = web.Application()
    app["room"] = ModeratedRoom()
    app.router.add_post("/message", message)
    app.router.add_post("/replay", replay)
    web.run_app(app)  # ok: CN101 no coroutine calls serve(), and it is not asyncio.run
