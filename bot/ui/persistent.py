"""A component that outlives a restart: its state is its custom_id. The base of all buttons and menus.

discord.py only logs what goes wrong in such a callback, so each is guarded: whoever pressed always gets a line.
"""

import re
from abc import abstractmethod
from typing import Any, ClassVar

from discord import ui

from bot.logs import begin_request
from bot.ui import sentences
from bot.ui.failures import report
from bot.ui.sending import Interaction, send


class PersistentItem(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """A component whose state is the match of its custom_id; failures are reported to whoever pressed it."""

    owned: ClassVar[bool] = False

    def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.state = match.groupdict()

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> "PersistentItem":
        return cls(item, match)

    async def callback(self, interaction: Interaction) -> None:
        begin_request()
        try:
            if self.owned and int(self.state["owner"]) != interaction.user.id and not self.may_anyway(interaction):
                await send(interaction, sentences.NOT_YOURS)
            else:
                await self.pressed(interaction)
        except Exception as error:  # noqa: BLE001 - whatever it is, the member gets a line and the log the rest
            await report(interaction, error)

    def may_anyway(self, _: Interaction) -> bool:
        """Whether somebody who is not the owner may press it."""
        return False

    @abstractmethod
    async def pressed(self, interaction: Interaction) -> None:
        """Do what the button is for."""
