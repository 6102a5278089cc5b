"""Comments on notes and blocks, and their log

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comment",
        sa.Column("canvas_id", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("note_id", sa.String(), nullable=True),
        sa.Column("block", sa.String(), nullable=True),
        sa.Column("reply_to", sa.String(), nullable=True),
        sa.Column("kind", sa.String(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("author_kind", sa.String(), nullable=False),
        sa.Column("author_id", sa.String(), nullable=True),
        sa.Column("author_name", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("resolved_at", sa.DateTime(), nullable=True),
        sa.Column("resolved_by_kind", sa.String(), nullable=True),
        sa.Column("resolved_by_id", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.Column("hidden_at", sa.DateTime(), nullable=True),
        sa.CheckConstraint("length(text) <= 500", name="comment_text_length"),
        sa.ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        sa.PrimaryKeyConstraint("canvas_id", "id"),
    )
    op.create_index("ix_comment_note", "comment", ["canvas_id", "note_id"])
    op.create_index("ix_comment_author_id", "comment", ["author_id"])
    op.create_table(
        "comment_change",
        sa.Column("canvas_id", sa.String(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("op_id", sa.String(), nullable=False),
        sa.Column("deed", sa.String(), nullable=False),
        sa.Column("comment_id", sa.String(), nullable=False),
        sa.Column("actor_kind", sa.String(), nullable=False),
        sa.Column("actor_id", sa.String(), nullable=True),
        sa.Column("request_digest", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["canvas_id"], ["canvas.id"]),
        sa.PrimaryKeyConstraint("canvas_id", "revision"),
        sa.UniqueConstraint("canvas_id", "op_id"),
    )
    op.add_column("canvas", sa.Column("comment_revision", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("canvas", sa.Column("comment_stamps", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    op.drop_column("canvas", "comment_stamps")
    op.drop_column("canvas", "comment_revision")
    op.drop_table("comment_change")
    op.drop_table("comment")
