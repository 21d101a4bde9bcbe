"""The environment → one frozen Settings. The only module that reads environment variables; does nothing else."""

import codecs
import hashlib
import re
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import unquote

from pydantic import BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.embedders.choice import EmbedderChoice


def _split(value: object) -> object:
    """`1, 2` → a set of texts, so that lists can be written plainly in the environment."""
    return {part.strip() for part in value.split(",") if part.strip()} if isinstance(value, str) else value


def _shards(value: object) -> object:
    """`0-3,8` → (0, 1, 2, 3, 8)."""
    if not isinstance(value, str):
        return value
    ranges = [part.strip().partition("-") for part in value.split(",") if part.strip()]
    return tuple(n for first, _, last in ranges for n in range(int(first), int(last or first) + 1))


Shards = Annotated[tuple[int, ...], NoDecode, BeforeValidator(_shards)]
Snowflakes = Annotated[frozenset[int], NoDecode, BeforeValidator(_split)]


class Settings(BaseSettings):
    """What an operator sets: each field is an environment variable (or a line of `.env`) of that name, in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", secrets_dir=None, frozen=True, extra="ignore", env_ignore_empty=True
    )

    discord_token: SecretStr | None = Field(None, description="The bot's token from the developer portal.")
    discord_token_file: Path | None = Field(
        None, description="A file that holds the token, such as a Docker secret; wins over DISCORD_TOKEN."
    )
    knowledge_dir: Path = Field(Path("knowledge"), description="The folder of knowledge files.")
    # These channels need the message content intent, switched on in the developer portal.
    ask_channels: Snowflakes = Field(
        frozenset(), description="Channel ids, comma-separated, where every message is taken as a question."
    )
    cooldown_questions: int = Field(
        5, ge=1, description="How many questions a member may ask, and a channel four times as many, …"
    )
    cooldown_seconds: float = Field(20, gt=0, description="… in this many seconds.")
    conversation_minutes: float = Field(15, gt=0, description="How long a conversation is remembered.")
    embedder: EmbedderChoice = Field(
        EmbedderChoice.AUTO, description="How meaning is compared; `auto`: the best on disk."
    )
    quiz_tally: bool = Field(True, description="Whether outcomes of the quiz are counted, by server and day.")
    home_server: int | None = Field(None, description="The id of the server whose moderators keep the knowledge.")
    moderator_role: int | None = Field(None, description="The id of their role; else whoever may manage that server.")
    moderator_channel: int | None = Field(None, description="The id of a channel for what moderators should know.")
    review: bool = Field(
        False, description="Whether another moderator must confirm an edit from Discord, in that channel."
    )
    edit_hook: Path | None = Field(
        None, description="A program that is run in the knowledge folder after each edit from Discord."
    )
    weekly_summary: bool = Field(True, description="Whether a summary of each week is posted to that channel.")
    retention_days: int = Field(90, ge=1, description="For how many days open questions and votes are kept.")
    data_dir: Path = Field(Path("data"), description="The folder that the bot writes to.")
    database_url: SecretStr | None = Field(
        None, description="A PostgreSQL database, in place of SQLite in that folder."
    )
    model_dir: Path | None = Field(None, description="A folder with a sentence model, in place of the fetched one.")
    log_level: str = Field(
        "INFO", pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="The least level that is logged."
    )
    log_format: str = Field("human", pattern="^(human|json)$", description="How a line is logged.")
    http_port: int | None = Field(None, ge=0, le=65535, description="A port for health and metrics; without it, none.")
    http_host: str = Field("127.0.0.1", description="The address that the port is opened on.")
    shard_count: int | None = Field(None, ge=1, description="How many shards in all; else as many as Discord advises.")
    shard_ids: Shards = Field((), description="The shards of this process, such as `0-3` or `4,5`; needs SHARD_COUNT.")
    discord_api_url: str | None = Field(None, description="Another address of Discord's API, such as a proxy.")
    discord_gateway_url: str | None = Field(None, description="Another address of Discord's gateway.")
    stop_seconds: float = Field(10, ge=0, description="How long answers under way may take when the bot is stopped.")

    @model_validator(mode="after")
    def _review_has_a_place(self) -> Self:
        if self.review and self.moderator_channel is None:
            raise ValueError("REVIEW needs MODERATOR_CHANNEL, where edits are confirmed")
        return self

    @model_validator(mode="after")
    def _shards_fit(self) -> Self:
        if self.shard_ids and (self.shard_count is None or not max(self.shard_ids) < self.shard_count):
            raise ValueError("SHARD_IDS must be below SHARD_COUNT, which must be set too")
        return self

    def key(self, purpose: str) -> bytes:
        """A secret of 32 bytes for one purpose, the same in every process with the same token."""
        return hashlib.blake2s(purpose.encode() + b"\0" + (self.token() or "").encode()).digest()

    def hidden(self) -> tuple[str, ...]:
        """What no log line may hold: the token, the database's address, and the password in it."""
        database = self.database_url.get_secret_value() if self.database_url else ""
        found = re.search(r"//[^:@/]*:([^@]*)@", database)
        password = found[1] if found else ""
        return tuple(text for text in (self.token(), database, password, unquote(password)) if text)

    def token(self) -> str | None:
        """The token, from its file if one is set, however an editor wrote it. Raises OSError when it can't be read."""
        if self.discord_token_file is not None:
            raw = self.discord_token_file.read_bytes()
            encoding = "utf-16" if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
            return raw.decode(encoding, "replace").strip() or None
        return self.discord_token.get_secret_value().strip() if self.discord_token else None
