from fastapi import FastAPI

from radio_api import songs

app = FastAPI()
app.include_router(songs.router, prefix="/api")
