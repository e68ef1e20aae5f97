from django.db import models


class Owner(models.Model):
    name = models.CharField(max_length=100)
    phone = models.CharField(max_length=30, blank=True)


class Species(models.Model):
    label = models.CharField(max_length=50)


class Pet(models.Model):
    """A patient of the practice."""

    name = models.CharField(max_length=60)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE, related_name="pets")
    species = models.ForeignKey(Species, on_delete=models.PROTECT)
    born = models.DateField(null=True)


class Visit(models.Model):
    pet = models.ForeignKey(Pet, on_delete=models.CASCADE, related_name="visits")
    at = models.DateTimeField()
    reason = models.CharField(max_length=200)
