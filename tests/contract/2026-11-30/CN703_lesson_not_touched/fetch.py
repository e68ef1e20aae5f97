import requests


def fetch(url):  # ok: CN703 nothing of the lesson is used
    return requests.get(url, timeout=10).text


def get(store, url):
    return store.get(url)
