from gallery.tasks import count, thumbnail


def uploaded(picture: str) -> None:
    count.delay()
    thumbnail.apply_async((picture,), queue="urgent")  # want: CN506 urgent
    thumbnail.apply_async((picture,), queue="celery")  # ok: CN506 the first worker has it
