from abc import ABC, abstractmethod


class Channel(ABC):
    @abstractmethod
    def send(self, to, text):
        """Send a text."""


class Mail(Channel):
    def __init__(self, smtp):
        self.smtp = smtp

    def send(self, to, text):
        self.smtp.sendmail("crm@example.com", [to], text)


class Sms(Channel):
    def __init__(self, client):
        self.client = client

    def send(self, to, text):
        self.client.messages.create(to=to, body=text[:160])
