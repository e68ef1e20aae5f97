import os


def client_id():
    return os.environ["OAUTH_GOOGLE_CLIENT_ID"]  # want: CN008
