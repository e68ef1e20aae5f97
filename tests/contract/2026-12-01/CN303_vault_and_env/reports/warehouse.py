import os


def dsn(host: str) -> str:
    password = os.environ["WAREHOUSE_PASSWORD"]
    return f"postgresql://reports:{password}@{host}/warehouse"


def work_mem() -> str:
    return os.environ.get("WAREHOUSE_WORK_MEM", "64MB")  # ok: CN303 no secret
