from django.db import models


class Court(models.Model):
    city = models.CharField(max_length=60)


class Judge(models.Model):
    surname = models.CharField(max_length=60)
    court = models.ForeignKey(Court, on_delete=models.CASCADE, related_name="bench")


class HearingManager(models.Manager):
    def get_queryset(self) -> models.QuerySet:
        return super().get_queryset().select_related("judge")


class Hearing(models.Model):
    judge = models.ForeignKey(Judge, null=True, on_delete=models.SET_NULL, related_name="hearings")
    opens_at = models.DateTimeField()

    objects = HearingManager()


class Filing(models.Model):
    hearing = models.ForeignKey(to=Hearing, on_delete=models.CASCADE, related_name="filings")
    title = models.CharField(max_length=200)
