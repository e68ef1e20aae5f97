import os
import tempfile


def safe_save(target, content):  # want: CN001
    """Save the content to the target file atomically (temporary file, then rename)."""
    os.makedirs(os.path.dirname(target), exist_ok=True)
    handle, tmp_name = tempfile.mkstemp(dir=os.path.dirname(target), prefix=os.path.basename(target))
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as tmp:
            tmp.write(content)
        os.replace(tmp_name, target)
    except BaseException:
        os.unlink(tmp_name)
        raise


def export(notes, target):
    safe_save(target, "\n\n".join(note.text for note in notes))
