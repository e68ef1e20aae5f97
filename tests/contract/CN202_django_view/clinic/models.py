from django.db import models


class Appointment(models.Model):
    at = models.DateTimeField()
    confirmed = models.BooleanField(default=False)
