from notes.files import read_text, write_atomic


class NoteStore:
    def __init__(self, folder):
        self.folder = folder

    def save(self, name, text):
        write_atomic(self.folder / name, text)

    def load(self, name):
        return read_text(self.folder / name)
