"""The back office of a small parcel service."""
