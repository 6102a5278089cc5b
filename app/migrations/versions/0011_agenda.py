"""The agenda of a workshop, step by step, where it stands, and agendas of facilitators' own

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "agenda_step",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("writing", sa.String(), nullable=False),
        sa.Column("wall", sa.String(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("title", sa.JSON(), nullable=False),
        sa.Column("task", sa.JSON(), nullable=False),
        sa.Column("question", sa.JSON(), nullable=False),
        sa.Column("script", sa.JSON(), nullable=False),
        sa.Column("vote", sa.JSON(), nullable=True),
        sa.Column("is_skipped", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_agenda_step_workshop_id", "agenda_step", ["workshop_id"])
    op.create_table(
        "step_now",
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("group_id", sa.String(), nullable=False),
        sa.Column("step_id", sa.String(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=True),
        sa.Column("rest", sa.Float(), nullable=True),
        sa.ForeignKeyConstraint(["step_id"], ["agenda_step.id"]),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("workshop_id", "group_id"),
    )
    op.create_table(
        "own_agenda",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("facilitator_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("starts", sa.JSON(), nullable=False),
        sa.Column("steps", sa.JSON(), nullable=False),
        sa.Column("saved_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["facilitator_id"], ["facilitator.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("facilitator_id", "name"),
    )
    op.create_index("ix_own_agenda_facilitator_id", "own_agenda", ["facilitator_id"])
    op.add_column("canvas", sa.Column("open_places", sa.JSON(), nullable=True))
    op.add_column("workshop", sa.Column("day_starts", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("workshop", "day_starts")
    op.drop_column("canvas", "open_places")
    op.drop_index("ix_own_agenda_facilitator_id", "own_agenda")
    op.drop_table("own_agenda")
    op.drop_table("step_now")
    op.drop_index("ix_agenda_step_workshop_id", "agenda_step")
    op.drop_table("agenda_step")
