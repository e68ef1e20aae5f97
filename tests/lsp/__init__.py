"""The language server: its parts, whole sessions against a workspace in memory, and the real process."""
