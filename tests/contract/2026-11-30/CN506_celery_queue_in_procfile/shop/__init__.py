from .queue import app
