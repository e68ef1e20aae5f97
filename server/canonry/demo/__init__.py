"""`canonry demo`: the real server, driven over its standard streams by a client of its own."""

from canonry.demo.play import run_demo

__all__ = ["run_demo"]
