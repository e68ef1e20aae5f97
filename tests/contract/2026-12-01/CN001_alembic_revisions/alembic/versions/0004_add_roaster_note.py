"""add note to roasters"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:  # ok: CN001 a migration
    op.add_column("roasters", sa.Column("note", sa.Text(), nullable=True))
    op.execute("UPDATE roasters SET note = ''")
    op.alter_column("roasters", "note", nullable=False)
    op.create_index("ix_roasters_note", "roasters", ["note"])
    op.execute("ANALYZE roasters")


def downgrade() -> None:  # ok: CN001 a migration
    op.drop_index("ix_roasters_note", "roasters")
    op.drop_column("roasters", "note")
