from festival.mail import EmailSender
from festival.mail_next import NewEmailSender
from festival.phone import SmsSender


def confirm(mail: EmailSender, sms: SmsSender, order: dict) -> None:
    mail.send(order["email"], "Your tickets", f"{order['count']} tickets")
    sms.send(order["phone"], "Tickets", str(order["count"]))


def announce(mail: NewEmailSender, people: list[str]) -> int:
    return mail.send_many(people, "Line-up", "See the site")
