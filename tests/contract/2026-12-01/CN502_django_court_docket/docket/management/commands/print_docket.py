from django.core.management.base import BaseCommand

from docket.models import Filing, Hearing, Judge


class Command(BaseCommand):
    help = "Prints tomorrow's docket for every court."

    def handle(self, *args, **options) -> None:
        for judge in Judge.objects.exclude(surname="").iterator():
            self.stdout.write(f"{judge.surname}, {judge.court.city}")  # want: CN502
        self.print_hearings()
        self.print_filings()

    def print_hearings(self) -> None:
        for hearing in Hearing.objects.filter(judge__isnull=False):
            self.stdout.write(f"{hearing.opens_at:%H:%M} {hearing.judge.surname}")  # ok: CN502 the manager selects it always

    def print_filings(self) -> None:
        late = Filing.objects.filter(title__startswith="Late")
        for number, filing in enumerate(late, start=1):
            self.stdout.write(f"{number}. {filing.title} {filing.hearing.opens_at:%d.%m.}")  # want: CN502


def titles_with_time() -> dict[str, str]:
    filings = Filing.objects.all()
    filings = filings.select_related("hearing")
    return {f.title: f.hearing.opens_at.isoformat() for f in filings}  # ok: CN502 added on the way


def cities_by_judge() -> dict[int, str]:
    return {j.pk: j.court.city for j in Judge.objects.select_related("court").only("court__city")}  # ok: CN502 select_related
