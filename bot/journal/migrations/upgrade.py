"""Running the steps with Alembic, which takes long to import and is needed only where a database is behind."""

from pathlib import Path

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory

# Any number will do, as long as every process takes the same one.
LOCK = 7239114


def scripts() -> ScriptDirectory:
    """The steps beside this module."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("path_separator", "os")
    return ScriptDirectory.from_config(config)


def upgrade(connection: sa.Connection) -> None:
    """Bring the database to the last step, in one transaction; of several processes one does it and the rest wait."""
    steps = scripts()
    is_postgres = connection.dialect.name == "postgresql"
    connection.execute(sa.text(f"SELECT pg_advisory_xact_lock({LOCK})" if is_postgres else "BEGIN IMMEDIATE"))
    with EnvironmentContext(Config(), steps, fn=lambda revision, _: steps._upgrade_revs("head", revision)) as context:  # noqa: SLF001 - as alembic.command.upgrade does
        context.configure(connection=connection, transactional_ddl=True)
        context.run_migrations()
