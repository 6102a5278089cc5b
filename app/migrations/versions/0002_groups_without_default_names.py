"""A group called by its number keeps no name, so that everybody reads it in their own language

Revision ID: 0002
Revises: 0001
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_DEFAULTS = ("Kelompok ", "Group ")


def upgrade() -> None:
    for word in _DEFAULTS:
        op.execute(f"UPDATE \"group\" SET name = '' WHERE name = '{word}' || number")


def downgrade() -> None:
    op.execute("UPDATE \"group\" SET name = 'Kelompok ' || number WHERE name = ''")
