from decimal import Decimal

import boto3


class PaymentGatewayV2:  # want: CN002
    def __init__(self, queue: str) -> None:
        self.queue = boto3.resource("sqs").Queue(queue)

    def authorize(self, plate: str, cents: int) -> str:
        sent = self.queue.send_message(MessageBody=f"authorize {plate} {cents}")
        return sent["MessageId"]

    def capture(self, payment: str) -> None:
        self.queue.send_message(MessageBody=f"capture {payment}")

    def refund(self, payment: str, cents: int) -> None:
        euros = Decimal(cents) / 100
        self.queue.send_message(MessageBody=f"refund {payment} {euros:.2f}")
