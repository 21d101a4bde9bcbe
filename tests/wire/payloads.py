"""What Discord's objects look like: users, members, servers, messages, applications. Pure."""

from typing import Any

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.wire.test-token"
APPLICATION = "123456789012345678"
MEMBER, MODERATOR = "200000000000000001", "200000000000000002"
SEND_MESSAGES = str(1 << 11 | 1 << 10 | 1 << 15 | 1 << 16)


def user_of(number: str, name: str, *, bot: bool = False) -> dict[str, Any]:
    return {"id": number, "username": name, "discriminator": "0", "global_name": name, "avatar": None, "bot": bot}


def member_of() -> dict[str, Any]:
    return {"roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False, "flags": 0}


def application_payload() -> dict[str, Any]:
    return {
        "id": APPLICATION, "name": "advisor", "icon": None, "description": "", "bot_public": True, "summary": "",
        "bot_require_code_grant": False, "verify_key": "x", "flags": 0, "team": None,
        "owner": user_of(MODERATOR, "owner"),
    }  # fmt: skip


def guild_payload(guild: str, channel_id: str, size: int = 0) -> dict[str, Any]:
    """A server with a channel, and so many more channels, roles and members that Discord tells of."""
    channel = {"id": channel_id, "type": 0, "name": "general", "position": 0, "permission_overwrites": []}
    everyone = {
        "id": guild, "name": "@everyone", "permissions": SEND_MESSAGES, "position": 0, "color": 0,
        "colors": {"primary_color": 0}, "hoist": False, "managed": False, "mentionable": False,
    }  # fmt: skip
    numbers = [str(int(guild) + 1000 + number) for number in range(size)]
    overwrite = {"id": guild, "type": 0, "allow": "0", "deny": "1024"}
    channels = [{**channel, "id": n, "name": f"c{n}", "permission_overwrites": [overwrite]} for n in numbers]
    own = {**everyone, "id": own_role_of(guild), "name": "advisor", "managed": True, "tags": {"bot_id": APPLICATION}}
    roles = [own, *({**everyone, "id": number, "name": f"role {number}"} for number in numbers)]
    joined = [{**member_of(), "user": user_of(APPLICATION, "advisor", bot=True)}]
    joined += [{**member_of(), "user": user_of(number, f"m{number}")} for number in numbers]
    return {
        "id": guild, "name": f"server {guild}", "owner_id": MODERATOR, "unavailable": False,
        "channels": [channel, *channels],
        "roles": [everyone, *roles],
        "emojis": [], "stickers": [], "features": [], "members": joined,
        "presences": [], "threads": [],
        "voice_states": [], "guild_scheduled_events": [], "stage_instances": [], "soundboard_sounds": [],
        "member_count": 1000, "large": True, "joined_at": "2026-01-01T00:00:00+00:00", "afk_timeout": 60,
        "verification_level": 0, "default_message_notifications": 0, "explicit_content_filter": 0, "mfa_level": 0,
        "system_channel_flags": 0, "premium_tier": 0, "preferred_locale": "en-US", "nsfw_level": 0,
        "premium_progress_bar_enabled": False,
    }  # fmt: skip


def own_role_of(guild: str) -> str:
    """The role that Discord made for the bot in a server."""
    return str(int(guild) + 2)


def message_payload(number: str, content: str, channel: str, author: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": number, "channel_id": channel, "author": author, "content": content, "type": 0, "flags": 0,
        "timestamp": "2026-11-23T12:00:00+00:00", "edited_timestamp": None, "tts": False, "pinned": False,
        "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
        "components": [],
    }  # fmt: skip
