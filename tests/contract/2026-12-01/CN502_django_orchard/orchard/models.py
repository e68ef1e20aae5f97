from django.db import models


class Grower(models.Model):
    name = models.CharField(max_length=80)


class Plot(models.Model):
    grower = models.ForeignKey(Grower, on_delete=models.CASCADE, related_name="plots")
    hectares = models.DecimalField(max_digits=6, decimal_places=2)


class Harvest(models.Model):
    plot = models.ForeignKey("orchard.Plot", on_delete=models.PROTECT)
    picked_on = models.DateField()
    crates = models.PositiveIntegerField()


class Basket:
    """What a visitor carries; not a table."""

    def __init__(self, plot: str, weight: int) -> None:
        self.plot = plot
        self.weight = weight
