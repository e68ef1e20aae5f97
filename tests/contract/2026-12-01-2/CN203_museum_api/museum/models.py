from django.db import models


class Exhibit(models.Model):
    slug = models.SlugField(unique=True)
    title = models.CharField(max_length=200)
    image_key = models.CharField(max_length=80, blank=True)
    rating_sum = models.PositiveIntegerField(default=0)
    rating_count = models.PositiveIntegerField(default=0)
    visitors = models.PositiveIntegerField(default=0)

    def add_rating(self, stars: int) -> None:
        self.rating_sum += stars
        self.rating_count += 1
        self.save(update_fields=["rating_sum", "rating_count"])

    @classmethod
    def count_visitors(cls) -> int:
        return cls.objects.aggregate(total=models.Sum("visitors"))["total"] or 0

    @property
    def rating(self) -> float | None:
        try:
            return self.rating_sum / self.rating_count
        except ZeroDivisionError:  # ok: CN203 no rating yet
            return None
