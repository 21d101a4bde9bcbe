"""The journal's tables, step by step (Alembic). Every start brings a database to the last step."""

from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

# Any number will do, as long as every process takes the same one.
LOCK = 7239114


def migrate(connection: sa.Connection) -> None:
    """Bring the database to the last step, in one transaction; of several processes one does it and the rest wait."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    is_postgres = connection.dialect.name == "postgresql"
    connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({LOCK})" if is_postgres else "BEGIN IMMEDIATE"))
    with EnvironmentContext(config, scripts, fn=lambda revision, _: scripts._upgrade_revs("head", revision)) as context:  # noqa: SLF001 - as alembic.command.upgrade does
        context.configure(connection=connection, transactional_ddl=True)
        context.run_migrations()
