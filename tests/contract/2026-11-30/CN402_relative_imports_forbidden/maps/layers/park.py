from . import base  # want: CN402
from .base import Layer  # want: CN402


class Park(Layer):
    kind = base.__name__

    def describe(self) -> str:
        from .. import geometry  # want: CN402

        return f"{self.kind}: {geometry.area(self.points)}"
