from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Pit(db.Model):
    __tablename__ = "pit"

    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String(40), unique=True)


class Truck(db.Model):
    __tablename__ = "truck"

    id = db.Column(db.Integer, primary_key=True)
    plate = db.Column(db.String(12), nullable=False)
    pit_id = db.Column(db.Integer, db.ForeignKey("pit.id"), index=True)  # ok: CN505 has an index


class Load(db.Model):
    __tablename__ = "load"
    __table_args__ = (db.Index("ix_load_day_pit", "day", "pit_id"),)

    id = db.Column(db.Integer, primary_key=True)
    tons = db.Column(db.Float, nullable=False)
    day = db.Column(db.Date, nullable=False)
    truck_id = db.Column(db.Integer, db.ForeignKey("truck.id"), nullable=False)  # want: CN505
    pit_id = db.Column(db.Integer, db.ForeignKey("pit.id"))  # want: CN505
    weighed_by = db.Column(db.Integer, db.ForeignKey("clerk.id"))  # ok: CN505 only written


class Clerk(db.Model):
    __tablename__ = "clerk"

    id = db.Column(db.Integer, primary_key=True)
    supervisor_id = db.Column(db.Integer, nullable=True)  # ok: CN505 no foreign key
