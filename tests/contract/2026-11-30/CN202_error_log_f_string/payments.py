import logging

logger = logging.getLogger(__name__)


class PaymentFailed(Exception):
    pass


def charge(gateway, order):
    try:
        return gateway.charge(order.total)
    except Exception as e:
        logger.error(f"Charge of order {order.id} failed: {e}")  # want: CN202
        return None


def refund(gateway, order):
    try:
        gateway.refund(order.charge_id)
    except (ValueError, ConnectionError) as err:
        logger.critical("Refund failed: %s", err)  # want: CN202
        order.state = "stuck"
    else:
        order.state = "refunded"


async def settle(gateway, day):
    try:
        await gateway.settle(day)
    except Exception as exc:
        logging.error("settle failed: {}".format(str(exc)))  # want: CN202
        gateway.mark_failed(day)
