"""The journal's tables, step by step (Alembic). Every start brings a database to the last step."""

import sqlalchemy as sa

# The last step's number; a test holds it against the files in `versions`.
LAST = "0005"
VERSION = sa.table("alembic_version", sa.column("version_num"))


def migrate(connection: sa.Connection) -> None:
    """Bring the database to the last step; where it is there already, without loading Alembic."""
    if sa.inspect(connection).has_table(VERSION.name) and connection.scalar(sa.select(VERSION)) == LAST:
        return
    from bot.journal.migrations.upgrade import upgrade  # noqa: PLC0415 - slow to import, and seldom needed

    upgrade(connection)
