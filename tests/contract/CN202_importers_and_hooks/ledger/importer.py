import logging
import traceback

log = logging.getLogger(__name__)


def import_all(files, store) -> int:
    done = 0
    for file in files:
        try:
            store.add(file.read())
        except Exception as err:
            log.error("skipping %s: %s", file.name, err)  # want: CN202
            continue
        done += 1
    return done


def import_one(file, store) -> None:
    try:
        store.add(file.read())
    except Exception as err:
        message = f"import failed: {err}"
        log.error(message)  # want: CN202
        store.mark_failed(file.name, message)


def import_with_trace(file, store) -> None:
    try:
        store.add(file.read())
    except Exception as err:
        log.error("import failed: %s\n%s", err, traceback.format_exc())  # ok: CN202 the traceback is there
        store.mark_failed(file.name, str(err))
