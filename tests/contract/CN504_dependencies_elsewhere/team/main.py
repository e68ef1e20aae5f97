from fastapi import Depends, FastAPI

from team import keys, members, rooms
from team.guards import require_api_key

app = FastAPI()
app.include_router(members.router)
app.include_router(rooms.router, dependencies=[Depends(require_api_key)])
app.include_router(keys.router)
