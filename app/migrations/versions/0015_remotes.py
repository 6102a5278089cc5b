"""Tokens that open one workshop only: a phone that is a remote control

Revision ID: 0015
Revises: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("token") as batch_op:
        batch_op.add_column(sa.Column("workshop_id", sa.String(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_token_workshop_id_workshop"), "workshop", ["workshop_id"], ["id"]
        )
        batch_op.create_index(batch_op.f("ix_token_workshop_id"), ["workshop_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("token") as batch_op:
        batch_op.drop_index(batch_op.f("ix_token_workshop_id"))
        batch_op.drop_constraint(batch_op.f("fk_token_workshop_id_workshop"), type_="foreignkey")
        batch_op.drop_column("workshop_id")
