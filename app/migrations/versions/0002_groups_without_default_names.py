"""A group called by its number keeps no name, so that everybody reads it in their own language

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MADE_UP = sa.text("UPDATE \"group\" SET name = '' WHERE name IN ('Kelompok ' || number, 'Group ' || number)")
_MAKE_UP = sa.text("UPDATE \"group\" SET name = 'Kelompok ' || number WHERE name = ''")


def upgrade() -> None:
    op.execute(_MADE_UP)


def downgrade() -> None:
    op.execute(_MAKE_UP)
