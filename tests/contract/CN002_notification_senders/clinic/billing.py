from clinic.notify.mail import MailSender


def bill(sender: MailSender, patient: dict, amount: str) -> None:
    sender.send(patient["mail"], "Your bill", f"Please pay {amount}")
