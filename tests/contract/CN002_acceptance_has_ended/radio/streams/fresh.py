import shlex
import subprocess


class NewStreamPlayer:  # want: CN002
    def __init__(self) -> None:
        self.running: list[subprocess.Popen] = []

    def play(self, url: str) -> None:
        self.running.append(subprocess.Popen(shlex.split(f"ffplay -nodisp {url}")))

    def pause(self) -> None:
        for process in self.running:
            process.send_signal(19)

    def stop(self) -> None:
        while self.running:
            self.running.pop().kill()
