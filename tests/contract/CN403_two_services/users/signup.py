from mail.sending import welcome  # want: CN403


def sign_up(address: str) -> None:
    welcome(address)
