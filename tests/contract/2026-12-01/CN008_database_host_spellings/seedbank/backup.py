import os
import subprocess

BUCKET = os.environ["SEED_BUCKET"]  # ok: CN008 listed as distinct


def dump(target: str) -> int:
    host = os.getenv("DB_HOST")  # want: CN008
    if host is None:
        raise RuntimeError("no host to dump from")
    command = ["pg_dump", "-h", host, "-f", f"{target}/{BUCKET}.sql"]
    return subprocess.run(command, check=True).returncode
