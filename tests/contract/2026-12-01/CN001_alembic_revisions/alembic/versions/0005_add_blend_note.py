"""add note to blends"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:  # ok: CN001 a migration
    op.add_column("blends", sa.Column("note", sa.Text(), nullable=True))
    op.execute("UPDATE blends SET note = ''")
    op.alter_column("blends", "note", nullable=False)
    op.create_index("ix_blends_note", "blends", ["note"])
    op.execute("ANALYZE blends")


def downgrade() -> None:  # ok: CN001 a migration
    op.drop_index("ix_blends_note", "blends")
    op.drop_column("blends", "note")
