"""Voting: rounds, votes, and the result of the latest round on the notes

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "voting_round",
        sa.Column("canvas_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("question", sa.String(length=160), nullable=False),
        sa.Column("budget", sa.Integer(), nullable=False),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("is_named", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.Column("closed", sa.Integer(), nullable=True),
        sa.Column("opened_at", sa.DateTime(), nullable=False),
        sa.Column("closed_at", sa.DateTime(), nullable=True),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        sa.PrimaryKeyConstraint("canvas_id", "id"),
    )
    op.create_table(
        "vote",
        sa.Column("canvas_id", sa.String(), nullable=False),
        sa.Column("round_id", sa.String(), nullable=False),
        sa.Column("participant_id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=False),
        sa.Column("by_host", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["canvas_id", "note_id"], ["note.canvas_id", "note.id"]),
        sa.ForeignKeyConstraint(["canvas_id", "round_id"], ["voting_round.canvas_id", "voting_round.id"]),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("canvas_id", "round_id", "participant_id", "note_id"),
    )
    op.add_column("note", sa.Column("votes", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("note", sa.Column("voters", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("note", "voters")
    op.drop_column("note", "votes")
    op.drop_table("vote")
    op.drop_table("voting_round")
