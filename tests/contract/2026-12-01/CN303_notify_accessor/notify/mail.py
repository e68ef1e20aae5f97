import os
import urllib.request


def send_mail(to: str, text: str) -> int:
    request = urllib.request.Request("https://mailer.example.com/send", data=text.encode())
    request.add_header("X-Api-Key", os.environ["MAILER_API_KEY"])  # want: CN303
    request.add_header("X-To", to)
    with urllib.request.urlopen(request) as answer:
        return answer.status
