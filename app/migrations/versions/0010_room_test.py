"""The link by which a phone tests a room's network, and when one came through

Revision ID: 0010
Revises: 0009
"""

import sqlalchemy as sa
from alembic import op

from app.ids import new_token

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_TOKEN = sa.text("UPDATE workshop SET room_token = :token WHERE id = :id")


def upgrade() -> None:
    op.add_column("workshop", sa.Column("room_token", sa.String(), nullable=False, server_default=""))
    op.add_column("workshop", sa.Column("reached_at", sa.DateTime(), nullable=True))
    op.add_column(
        "workshop", sa.Column("reached_host", sa.String(length=120), nullable=False, server_default="")
    )
    connection = op.get_bind()
    for (workshop_id,) in connection.execute(sa.text("SELECT id FROM workshop")).all():
        connection.execute(_TOKEN, {"token": new_token(), "id": workshop_id})
    op.create_index("ix_workshop_room_token", "workshop", ["room_token"], unique=True)


def downgrade() -> None:
    op.drop_index("ix_workshop_room_token", "workshop")
    for name in ("reached_host", "reached_at", "room_token"):
        op.drop_column("workshop", name)
