from zoo.celery import app

__all__ = ["app"]
