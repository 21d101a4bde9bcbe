"""A component that outlives a restart: its state is its custom_id. The base of all buttons and menus.

discord.py only logs what goes wrong in such a callback, so each is guarded: whoever pressed always gets a line.
"""

import re
from collections.abc import Awaitable, Callable
from types import new_class
from typing import Any, ClassVar

from discord import ui

from bot.logs import begin_request
from bot.ui import sentences
from bot.ui.custom_ids import pattern
from bot.ui.failures import report
from bot.ui.sending import Interaction, send

Pressed = Callable[..., Awaitable[None]]


class PersistentItem(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """A component whose state is the match of its custom_id. Where that names an owner, only the owner may press it."""

    pressed: ClassVar[Pressed]
    open_to: ClassVar[Callable[[Interaction], bool]]

    def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.state = match.groupdict()

    @classmethod
    async def from_custom_id(cls, _: Interaction, item: ui.Item[Any], match: re.Match[str], /) -> "PersistentItem":
        """Take up the state."""
        return cls(item, match)

    async def callback(self, interaction: Interaction) -> None:
        """Do what was pressed; failures are reported to whoever pressed."""
        begin_request()
        item, owner = type(self), self.state.pop("owner", None)
        try:
            if owner is None or int(owner) == interaction.user.id or item.open_to(interaction):
                await item.pressed(interaction, **self.state)
            else:
                await send(interaction, sentences.NOT_YOURS)
        except Exception as error:  # noqa: BLE001 - whatever it is, the member gets a line and the log the rest
            await report(interaction, error)


def persistent(
    template: str, *, open_to: Callable[[Interaction], bool] = lambda _: False
) -> Callable[[Pressed], type[PersistentItem]]:
    """A component of this kind, from the function that a press calls with the state; and who beside its owner may."""

    def item(pressed: Pressed) -> type[PersistentItem]:
        body = {"pressed": staticmethod(pressed), "open_to": staticmethod(open_to), "__doc__": pressed.__doc__}
        return new_class(pressed.__name__, (PersistentItem,), {"template": pattern(template)}, lambda c: c.update(body))

    return item
