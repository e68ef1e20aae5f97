"""Core tables of the sheet music library."""
import sqlalchemy as sa

metadata = sa.MetaData()

composers = sa.Table(
    "composers",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
)

scores = sa.Table(
    "scores",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("composer_id", sa.ForeignKey("composers.id"), nullable=False),  # want: CN505
    sa.Column("arranger_id", sa.ForeignKey("composers.id")),  # ok: CN505 only ordered by
    sa.Column("title", sa.Text),
)

loans = sa.Table(
    "loans",
    metadata,
    sa.Column("score_id", sa.ForeignKey("scores.id"), primary_key=True),  # ok: CN505 part of the primary key
    sa.Column("singer_id", sa.ForeignKey("singers.id"), primary_key=True),  # ok: CN505 part of the primary key
    sa.Column("folder_id", sa.ForeignKey("folders.id"), index=True),  # ok: CN505 indexed
)

singers = sa.Table("singers", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("voice", sa.Text))
folders = sa.Table("folders", metadata, sa.Column("id", sa.Integer, primary_key=True))
