import boto3


def connect_arguments(host: str) -> dict[str, str]:
    manager = boto3.client("secretsmanager", region_name="eu-central-1")
    found = manager.get_secret_value(SecretId="WAREHOUSE_PASSWORD")
    return {"host": host, "user": "nightly", "password": found["SecretString"]}


def license_text() -> str:
    manager = boto3.client("secretsmanager", region_name="eu-central-1")
    return manager.get_secret_value(SecretId="REPORT_LICENSE_KEY")["SecretString"]  # ok: CN303 this source only
