from google.cloud import secretmanager


def access(name: str) -> str:
    client = secretmanager.SecretManagerServiceClient()
    response = client.access_secret_version(name=f"projects/p/secrets/{name}/versions/latest")
    return response.payload.data.decode()


def stripe_key() -> str:
    return access("STRIPE_API_KEY")
