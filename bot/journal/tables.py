"""The tables of the journal. Members stand in them only as a keyed hash; moderators, who sign their edits, by id.

A change here needs a step in `migrations/versions`; a test compares both.
"""

import datetime as dt
from typing import Any

import sqlalchemy as sa


class Moment(sa.types.TypeDecorator[dt.datetime]):
    """A moment in UTC, also where the database (SQLite) knows no time zones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: Any, _: object) -> dt.datetime | None:  # noqa: ANN401 - the driver's
        """As an aware datetime."""
        moment: dt.datetime | None = value
        return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=dt.UTC)


metadata = sa.MetaData(
    naming_convention={"pk": "pk_%(table_name)s", "ix": "ix_%(table_name)s_%(column_0_name)s"},
)

# Questions that got no good answer; `tell` is the channel in which the member asked to be told.
questions = sa.Table(
    "questions",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("member", sa.String(32), nullable=False, index=True),
    sa.Column("outcome", sa.String(16), nullable=False),
    sa.Column("record", sa.String(48)),
    sa.Column("tell", sa.BigInteger),
)
votes = sa.Table(
    "votes",
    metadata,
    sa.Column("member", sa.String(32), primary_key=True),
    sa.Column("entry", sa.String(48), primary_key=True),
    sa.Column("up", sa.Boolean, nullable=False),
    sa.Column("at", Moment, nullable=False, index=True),
)
# How many questions had each outcome, by day; and how the quiz came out, by server and day.
counts = sa.Table(
    "counts",
    metadata,
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("outcome", sa.String(16), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
tally = sa.Table(
    "tally",
    metadata,
    sa.Column("server", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("outcome", sa.String(48), primary_key=True),
    sa.Column("count", sa.Integer, nullable=False),
)
# Every change of a knowledge file; `who` is empty for edits by hand. `before` and `after` are the changed lines and
# those around them; empty where there was, or is, no file.
changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("who", sa.BigInteger),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("file", sa.String(64), nullable=False),
    sa.Column("line", sa.Integer, nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("made", sa.Boolean, nullable=False, server_default=sa.true()),
)
# Edits that wait for a moderator's confirmation, whole files as they were and would be; in a review, by whom.
proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False, index=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("file", sa.String(64), nullable=False),
    sa.Column("before", sa.Text),
    sa.Column("after", sa.Text),
    sa.Column("question", sa.BigInteger),
    sa.Column("author", sa.BigInteger),
)
# The key by which members are hashed; it stays as it is when the bot gets a new token.
secrets = sa.Table(
    "secrets",
    metadata,
    sa.Column("name", sa.String(48), primary_key=True),
    sa.Column("value", sa.String(128), nullable=False),
)
# What is done once by one process, such as the summary of a week.
once_jobs = sa.Table(
    "duties",
    metadata,
    sa.Column("name", sa.String(48), primary_key=True),
    sa.Column("at", Moment, nullable=False, index=True),
)
