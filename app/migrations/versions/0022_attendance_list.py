"""The attendance list, what it promises, and who agreed to it

Revision ID: 0022
Revises: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendance_terms",
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("contact", sa.String(length=160), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("bands", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(), nullable=True),
        sa.Column("summary", sa.JSON(none_as_null=True), nullable=True),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("workshop_id"),
    )
    op.create_table(
        "attendance_record",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("workshop_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("institution", sa.String(length=160), nullable=False),
        sa.Column("institution_type", sa.String(), nullable=False),
        sa.Column("role", sa.String(length=120), nullable=False),
        sa.Column("sex", sa.String(), nullable=False),
        sa.Column("age_band", sa.String(), nullable=False),
        sa.Column("disability", sa.String(), nullable=False),
        sa.Column("needs", sa.String(length=400), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=160), nullable=False),
        sa.Column("guardian", sa.String(length=120), nullable=False),
        sa.Column("days", sa.JSON(), nullable=False),
        sa.Column("keep_days", sa.Integer(), nullable=False),
        sa.Column("entered_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["workshop_id"], ["workshop.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_attendance_record_workshop_id", "attendance_record", ["workshop_id"])
    op.create_table(
        "attendance_consent",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("to_disability", sa.Boolean(), nullable=False),
        sa.Column("to_contact", sa.Boolean(), nullable=False),
        sa.Column("by_host", sa.Boolean(), nullable=False),
        sa.Column("given_at", sa.DateTime(), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
    )
    op.create_index("ix_attendance_consent_person_id", "attendance_consent", ["person_id"])


def downgrade() -> None:
    op.drop_table("attendance_consent")
    op.drop_table("attendance_record")
    op.drop_table("attendance_terms")
