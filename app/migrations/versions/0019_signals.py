"""What people signal: done with a step, a hand that is up

Revision ID: 0019
Revises: 0018
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "signal",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("canvas_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("op_id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Boolean(), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("request_digest", sa.String(), nullable=False),
        sa.Column("since", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("canvas_id", "op_id", "participant_id"),
    )
    op.create_index("ix_signal_latest", "signal", ["canvas_id", "participant_id", "kind", "step"])
    op.add_column("canvas", sa.Column("signal_revision", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    op.drop_column("canvas", "signal_revision")
    op.drop_table("signal")
