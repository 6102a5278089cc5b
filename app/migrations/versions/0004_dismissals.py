"""Questions of the checks that were set aside

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "dismissal",
        sa.Column("canvas_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("finding", sa.String(length=200), nullable=False),
        sa.Column("preset", sa.String(), nullable=True),
        sa.Column("comment", sa.String(length=200), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        sa.PrimaryKeyConstraint("canvas_id", "id"),
    )
    op.create_index("ix_dismissal_finding", "dismissal", ["canvas_id", "finding"])


def downgrade() -> None:
    op.drop_table("dismissal")
