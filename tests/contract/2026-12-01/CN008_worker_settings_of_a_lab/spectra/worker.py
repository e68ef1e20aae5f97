import os

from celery import Celery

celery = Celery("spectra", broker=os.environ["SPECTRA_BROKER_URL"])
celery.conf.worker_concurrency = int(os.environ["SPECTRA_WORKER_COUNT"])
celery.conf.worker_max_tasks_per_child = int(os.environ["SPECTRA_WORKER_LIFE"])  # ok: CN008 another setting
