import os
import smtplib


def send(message) -> None:
    host = os.environ.get("SMTP_HOST")  # ok: CN008 the same key
    with smtplib.SMTP(host, int(os.environ["SMTP_PORT"])) as server:
        server.login(os.environ["SMTP_USER"], os.environ["SMTP_PASSWORD"])  # ok: CN008 another setting
        server.send_message(message)
