"""Secrets of the tracking service, from AWS."""
import functools

import boto3


@functools.cache
def _client():
    return boto3.client("secretsmanager")


def gps_vendor_token() -> str:
    """The token of the GPS vendor."""
    return _client().get_secret_value(SecretId="GPS_VENDOR_TOKEN")["SecretString"]


def geocoder_key() -> str:
    return _client().get_secret_value(SecretId="GEOCODER_API_KEY")["SecretString"]
