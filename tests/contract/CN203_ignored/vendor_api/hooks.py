def run_hooks(hooks: list) -> None:
    for hook in hooks:
        try:
            hook()
        except Exception:  # canonry: ignore[CN203] hooks of others may fail
            pass


def run_last_hook(hooks: list) -> None:
    try:
        hooks[-1]()
    except Exception:  # want: CN203
        pass


def close_quietly(resource) -> None:  # canonry: ignore[CN203] called while another error is on its way
    try:
        resource.close()
    except Exception:
        pass
