from .geometry import area

__all__ = ["area"]
