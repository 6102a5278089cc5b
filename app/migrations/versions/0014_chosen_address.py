"""Which of the laptop's addresses stands on the QR codes

Revision ID: 0014
Revises: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("installation", sa.Column("address", sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("installation", "address")
