"""Gives the system user a context before the first deploy."""
import uuid

from claims.contexts import create_user_execution_context

if __name__ == "__main__":
    create_user_execution_context(0, uuid.uuid4().hex)  # ok: CN501 runs once, not for each request
