import queue
import threading

import httpx
import redis

jobs: "queue.Queue[str]" = queue.Queue()
lock = threading.Lock()
ready = threading.Event()
client = httpx.Client(timeout=3)
store = redis.Redis(host="cache")


def work() -> None:  # ok: CN102 threading and queue have no loop
    ready.wait()
    while True:
        job = jobs.get()
        with lock:
            store.set(job, client.get(job).text)
