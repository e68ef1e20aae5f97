from mail.config import api_key


def send(client, text):
    return client.post("/send", headers={"key": api_key()}, json={"text": text})
