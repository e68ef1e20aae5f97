import os

from starlette.middleware.cors import CORSMiddleware


def add_cors(app) -> None:
    origins = [f"https://{name}" for name in os.environ["TOWN_ALLOWED_HOSTS"].split(",")]
    app.add_middleware(CORSMiddleware, allow_origins=origins, max_age=int(os.environ["TOWN_CORS_AGE"]))  # ok: CN008 another setting
