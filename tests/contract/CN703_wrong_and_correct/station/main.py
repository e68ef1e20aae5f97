import logging

handlers = logging.getLogger().handlers  # canonry: ignore[CN703] the root's handlers are meant
