from uuid import uuid4

from lobby.sessions import create_session, get_session


async def on_message(socket, message: dict) -> None:
    session = create_session(message["user"], session_id=uuid4().hex)  # want: CN501
    await socket.send_json({"session": session["id"], "echo": message["text"]})


async def on_join(socket, message: dict) -> None:
    session = get_session(message["user"])
    if session is None:
        session = create_session(message["user"], session_id=uuid4().hex)  # ok: CN501 asked for before
    await socket.send_json({"session": session["id"]})


async def on_upload(socket, message: dict) -> None:
    await socket.send_json({"upload": uuid4().hex})  # ok: CN501 no session, and nothing is created
