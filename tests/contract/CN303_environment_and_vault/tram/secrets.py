import boto3


def ticket_key() -> str:
    client = boto3.client("secretsmanager")
    return client.get_secret_value(SecretId="TICKET_SIGNING_KEY")["SecretString"]
