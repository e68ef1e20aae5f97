from os import environ


def broker() -> str:
    host = environ.get("RABBITMQ_HOST", "localhost")  # want: CN302
    return f"amqp://{host}//"
