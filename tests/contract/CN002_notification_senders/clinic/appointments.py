from clinic.notify.mail import MailSender


def remind(sender: MailSender, patients: list[dict]) -> None:
    for patient in patients:
        sender.send(patient["mail"], "Your appointment", f"See you at {patient['at']}")
