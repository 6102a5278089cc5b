"""Writing alone first: silent canvases and veiled notes

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("canvas", sa.Column("is_silent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("note", sa.Column("veiled_by", sa.String(), nullable=True))


def downgrade() -> None:
    op.drop_column("note", "veiled_by")
    op.drop_column("canvas", "is_silent")
