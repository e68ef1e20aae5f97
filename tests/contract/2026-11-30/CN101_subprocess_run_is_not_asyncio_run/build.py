import subprocess
from subprocess import run


class Pipeline:  # ok: CN101 other functions called run
    def __init__(self, steps):
        self.steps = steps

    def run(self, target):
        for step in self.steps:
            step(target)


async def build(target: str, pipeline: Pipeline) -> int:
    result = run(["make", target], check=False)
    pipeline.run(target)
    subprocess.run(["make", "install"], check=True)
    return result.returncode
