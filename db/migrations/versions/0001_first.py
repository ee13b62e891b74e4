"""The first schema: persons, referrals, consents, episodes, follow-ups, meetings and the log.

The statements stand beside this file, frozen as they were: later changes are steps of their own.
"""

from pathlib import Path

from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create everything."""
    script = Path(__file__).with_name("0001_first.sql").read_text(encoding="utf-8")
    for statement in script.split("\n\n"):
        if statement.strip():
            op.execute(statement.strip().removesuffix(";"))
