"""Canonry keeps a codebase's canon: it says, while you type, what already exists."""

__version__ = "0.1.0"
