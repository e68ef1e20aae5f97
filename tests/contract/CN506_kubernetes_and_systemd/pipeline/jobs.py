from pipeline.app import app


@app.task(queue="ingest")  # ok: CN506 the deployment's worker
def ingest(path: str) -> int:
    return len(path)


@app.task(queue="main")  # ok: CN506 the default queue, which the unit's worker consumes
def index(path: str) -> int:
    return len(path)


@app.task
def export(path: str) -> int:
    return len(path)
