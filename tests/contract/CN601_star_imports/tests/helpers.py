from unittest.mock import *  # noqa: F403
