from celery import Celery, shared_task

app = Celery("shop")


@shared_task(queue="billing")
def bill(order):
    return order


@shared_task(queue="imports")
def import_file(path):
    return path


@shared_task(queue="search-index")  # want: CN506
def reindex(product):
    return product


@shared_task
def ping():
    return "pong"
