"""The environment → one frozen Settings. The only module that reads environment variables; does nothing else."""

import hashlib
from pathlib import Path
from typing import Annotated, Self
from urllib.parse import unquote, urlsplit

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

    discord_token: Annotated[SecretStr | None, Field(description="The bot's token from the developer portal.")] = None
    discord_token_file: Annotated[
        Path | None, Field(description="A file that holds the token, such as a Docker secret; wins over DISCORD_TOKEN.")
    ] = None
    knowledge_dir: Annotated[Path, Field(description="The folder of knowledge files.")] = Path("knowledge")
    ask_channels: Annotated[
        Snowflakes,
        Field(
            description="Channel ids, comma-separated, where every message is taken as a question. "
            "Needs the message content intent switched on in the developer portal."
        ),
    ] = frozenset()
    cooldown_questions: Annotated[int, Field(ge=1, description="How many questions a member may ask …")] = 5
    cooldown_seconds: Annotated[float, Field(gt=0, description="… in this many seconds.")] = 20
    conversation_minutes: Annotated[float, Field(gt=0, description="How long a conversation is remembered.")] = 15
    embedder: Annotated[
        EmbedderChoice,
        Field(description="How meaning is compared: `auto` (the best on disk), `none`, `static` or `neural`."),
    ] = EmbedderChoice.AUTO
    quiz_tally: Annotated[
        bool, Field(description="Whether to count how often each outcome of the quiz comes, by server and day.")
    ] = True
    home_server: Annotated[
        int | None, Field(description="The id of the server whose moderators keep the knowledge.")
    ] = None
    moderator_role: Annotated[
        int | None, Field(description="The id of their role; without it, whoever may manage that server.")
    ] = None
    moderator_channel: Annotated[
        int | None, Field(description="The id of a channel for what moderators should know, such as a broken file.")
    ] = None
    weekly_summary: Annotated[
        bool, Field(description="Whether a summary of each week is posted to the moderators' channel.")
    ] = True
    retention_days: Annotated[int, Field(ge=1, description="For how many days open questions and votes are kept.")] = 90
    data_dir: Annotated[Path, Field(description="The folder that the bot writes to.")] = Path("data")
    database_url: Annotated[
        SecretStr | None,
        Field(description="A PostgreSQL database for the journal; without it, an SQLite file in the data folder."),
    ] = None
    model_dir: Annotated[
        Path | None, Field(description="A folder with a sentence model, other than the fetched one in the data folder.")
    ] = None
    log_level: Annotated[
        str, Field(pattern="^(DEBUG|INFO|WARNING|ERROR)$", description="The least level that is logged.")
    ] = "INFO"
    log_format: Annotated[
        str, Field(pattern="^(human|json)$", description="How a line is logged: for people, or as JSON.")
    ] = "human"
    http_port: Annotated[
        int | None,
        Field(ge=0, le=65535, description="A port for `/healthz`, `/readyz` and `/metrics`; without it, none."),
    ] = None
    http_host: Annotated[str, Field(description="The address that the port is opened on.")] = "127.0.0.1"
    shard_count: Annotated[
        int | None, Field(ge=1, description="How many shards there are in all; without it, as many as Discord advises.")
    ] = None
    shard_ids: Annotated[
        Shards, Field(description="The shards of this process, such as `0-3` or `4,5`; needs SHARD_COUNT.")
    ] = ()
    discord_api_url: Annotated[
        str | None, Field(description="Another address of Discord's API, such as a proxy that shares rate limits.")
    ] = None
    discord_gateway_url: Annotated[str | None, Field(description="Another address of Discord's gateway.")] = None
    stop_seconds: Annotated[
        float, Field(ge=0, description="How long answers that are under way may take when the bot is stopped.")
    ] = 10

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
        password = urlsplit(database).password or ""
        return tuple(text for text in (self.token(), database, password, unquote(password)) if text)

    def token(self) -> str | None:
        """The token, from its file if one is set. Raises OSError when that file can't be read."""
        if self.discord_token_file is not None:
            return self.discord_token_file.read_text(encoding="utf-8").strip() or None
        return self.discord_token.get_secret_value().strip() if self.discord_token else None
