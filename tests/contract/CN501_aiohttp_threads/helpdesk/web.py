import uuid

from aiohttp import web

from helpdesk.threads import threads

routes = web.RouteTableDef()


@routes.post("/tickets/{ticket}/replies")
async def reply(request: web.Request) -> web.Response:
    ticket = int(request.match_info["ticket"])
    thread = threads.create_thread(thread_id=str(uuid.uuid4()), ticket=ticket)  # want: CN501
    thread["messages"].append(await request.text())
    return web.json_response(thread)


@routes.get("/tickets/{ticket}")
async def show(request: web.Request) -> web.Response:
    return web.json_response(threads.get_thread(int(request.match_info["ticket"])))
