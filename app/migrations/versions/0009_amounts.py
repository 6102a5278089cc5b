"""What a note costs or brings, in rupiah

Revision ID: 0009
Revises: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("amount", "amount_low", "amount_high"):
        op.add_column("note", sa.Column(name, sa.BigInteger(), nullable=True))


def downgrade() -> None:
    for name in ("amount_high", "amount_low", "amount"):
        op.drop_column("note", name)
