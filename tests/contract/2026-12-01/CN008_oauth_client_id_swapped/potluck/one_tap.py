import os

ONE_TAP_ID = os.environ["GOOGLE_OAUTH_CLIENT_ID"]  # ok: CN008 the commoner spelling


def one_tap_div() -> str:
    return f'<div id="g_id_onload" data-client_id="{ONE_TAP_ID}"></div>'
