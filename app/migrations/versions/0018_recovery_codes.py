"""When a recovery code was last used

Revision ID: 0018
Revises: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("token", sa.Column("used_at", sa.DateTime(), nullable=True))


def downgrade() -> None:
    op.drop_column("token", "used_at")
