"""Operations of several revisions, undo, and named versions

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "version",
        sa.Column("canvas_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("is_automatic", sa.Boolean(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        sa.PrimaryKeyConstraint("canvas_id", "id"),
    )
    op.create_index("ix_version_revision", "version", ["canvas_id", "revision"])
    # Not batch-wise: copying the log of a whole year would take longer than a start may.
    op.add_column("change", sa.Column("step", sa.Integer(), nullable=True))
    op.add_column("change", sa.Column("target", sa.Integer(), nullable=True))
    op.create_index("ix_change_actor", "change", ["canvas_id", "actor_id", "revision"])
    op.create_index(
        "ix_change_step", "change", ["canvas_id", "step"], sqlite_where=sa.text("step IS NOT NULL")
    )


def downgrade() -> None:
    op.drop_index("ix_change_step", table_name="change")
    op.drop_index("ix_change_actor", table_name="change")
    op.drop_column("change", "target")
    op.drop_column("change", "step")
    op.drop_table("version")
