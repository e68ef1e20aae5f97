import sys

from sync.upload import check_columns


def run(job, header: list[str]) -> None:
    check_columns(job.columns, header)
    if job.best_effort and job.failed:
        sys.exit(2)  # want: CN204
    if job.failed:
        sys.exit(1)  # ok: CN204 nothing is said to be optional
