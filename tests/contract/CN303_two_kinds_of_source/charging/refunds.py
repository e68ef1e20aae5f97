import boto3
import requests


def refund(charge_id: str) -> dict:
    manager = boto3.client("secretsmanager")
    key = manager.get_secret_value(SecretId="STRIPE_API_KEY")["SecretString"]
    return requests.post("https://api.stripe.com/v1/refunds", auth=(key, ""), data={"charge": charge_id}).json()
