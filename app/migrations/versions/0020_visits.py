"""Groups at other groups' canvases, where the host leads everybody, and what is locked by hand

Revision ID: 0020
Revises: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("canvas", sa.Column("guests", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("canvas", sa.Column("locked_places", sa.JSON(), nullable=False, server_default="[]"))
    op.add_column("group", sa.Column("visits", sa.String(), nullable=True))
    op.add_column("step_now", sa.Column("visit", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("step_now", sa.Column("visit_count", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("workshop", sa.Column("leads_to", sa.JSON(), nullable=True))


def downgrade() -> None:
    op.drop_column("workshop", "leads_to")
    op.drop_column("step_now", "visit_count")
    op.drop_column("step_now", "visit")
    op.drop_column("group", "visits")
    op.drop_column("canvas", "locked_places")
    op.drop_column("canvas", "guests")
