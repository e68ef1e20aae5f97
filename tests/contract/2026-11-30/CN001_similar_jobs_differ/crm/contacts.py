class ContactRepository:  # ok: CN001 parse of different things, CRUD of different models, protocol methods
    """Contacts in the database."""

    def __init__(self, db):
        self.db = db

    def get(self, contact_id):
        row = self.db.fetch_one("select * from contacts where id = %s", (contact_id,))
        return row and Contact(row["id"], row["name"])

    def delete(self, contact_id):
        self.db.execute("delete from contacts where id = %s", (contact_id,))


class Contact:
    def __init__(self, contact_id, name):
        self.contact_id = contact_id
        self.name = name

    def to_dict(self):
        return {"id": self.contact_id, "name": self.name}
