"""The room's Wi-Fi, for a QR code at the door

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("workshop", sa.Column("wifi_name", sa.String(length=32), nullable=False, server_default=""))
    op.add_column("workshop", sa.Column("wifi_password", sa.String(length=64), nullable=True))


def downgrade() -> None:
    for name in ("wifi_password", "wifi_name"):
        op.drop_column("workshop", name)
