def call(function, *arguments):
    try:
        return function(*arguments)
    except Exception:  # ok: CN203 ignored for this file in the settings
        return None
