"""Hands jobs to the plotter."""
from __future__ import annotations

import os
import socket
import subprocess
from dataclasses import dataclass
from pathlib import Path

from printshop.config import max_copies


@dataclass
class Job:
    path: Path
    copies: int = 1

    def clamp(self) -> None:
        self.copies = min(self.copies, max_copies())


class Spooler:
    def __init__(self) -> None:
        host, _, port = os.environ["PLOTTER_ADDRESS"].partition(":")  # want: CN301 plotter_address
        self.target = (host, int(port))

    def submit(self, job: Job) -> None:
        job.clamp()
        with socket.create_connection(self.target, timeout=5) as connection:
            connection.sendall(job.path.read_bytes())

    def rasterize(self, job: Job) -> Path:
        target = job.path.with_suffix(".png")
        env = {**os.environ, "GS_FONTPATH": "/opt/fonts"}  # ok: CN301 a copy of all for the child
        subprocess.run(["gs", "-o", str(target), str(job.path)], env=env, check=True)
        return target

    def worker_name(self) -> str:
        return os.environ.get("HOSTNAME", "plotter-0")  # ok: CN301 no accessor serves this key
