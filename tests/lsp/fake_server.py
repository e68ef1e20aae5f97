"""The server over stdio with the workspace of `fake_workspace`: for what is about the process itself."""

from canonry.lsp.server import run_stdio

from .fake_workspace import FakeWorkspace

if __name__ == "__main__":
    run_stdio("warning", FakeWorkspace)
