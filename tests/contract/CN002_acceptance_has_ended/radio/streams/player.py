import subprocess


class StreamPlayer:
    def __init__(self, command: str = "mpv") -> None:
        self.command = command
        self.process: subprocess.Popen | None = None

    def play(self, url: str) -> None:
        self.process = subprocess.Popen([self.command, url])

    def pause(self) -> None:
        if self.process:
            self.process.send_signal(19)

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process = None
