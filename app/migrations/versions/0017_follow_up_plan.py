"""What steps of the follow-up plan say

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

SAID = (
    "output",
    "centre_owner",
    "partner_owner",
    "due_on",
    "resources",
    "indicator",
    "status",
    "linked_block",
)


def upgrade() -> None:
    for name in SAID:
        op.add_column("note", sa.Column(name, sa.String(), nullable=False, server_default=""))


def downgrade() -> None:
    for name in SAID:
        op.drop_column("note", name)
