from celery import shared_task
from django.core.mail import send_mail

from orders.models import Customer, Order


@shared_task
def remind() -> int:
    sent = 0
    for order in Order.objects.filter(paid=False):
        send_mail("Please pay", f"Order {order.pk}", None, [order.customer.email])  # want: CN502
        sent += 1
    return sent


@shared_task
def remind_at_once() -> int:
    sent = 0
    for order in Order.objects.filter(paid=False).select_related("customer"):
        send_mail("Please pay", f"Order {order.pk}", None, [order.customer.email])  # ok: CN502 selected
        sent += 1
    return sent


def article_counts() -> dict[int, int]:
    counts = {}
    for order in Order.objects.all():
        counts[order.pk] = order.line_set.count()  # want: CN502
    return counts


def customers_of_orders() -> set[int]:
    return {order.customer_id for order in Order.objects.all()}  # ok: CN502 the key is in the row


def history() -> dict[str, list]:
    found = {}
    for customer in Customer.objects.prefetch_related("orders"):
        found[customer.name] = list(customer.orders.all())  # ok: CN502 prefetched
    return found
