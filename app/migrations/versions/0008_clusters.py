"""Notes that stand together under a name

Revision ID: 0008
Revises: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("note", sa.Column("cluster", sa.String(length=60), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("note", "cluster")
