from .client import current_rate

__all__ = ["current_rate"]
