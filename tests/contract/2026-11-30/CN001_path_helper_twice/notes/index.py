from notes.files import write_atomic


def save_index(folder, names):
    write_atomic(folder / "index.txt", "\n".join(sorted(names)))
