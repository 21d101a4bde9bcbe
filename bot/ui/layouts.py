"""What all screens are made of: Components V2, made for a phone: short lines, few buttons, no tables. Sends nothing.

Views are stopped before they are sent: all their items are `DynamicItem`s, whose state is in the custom_id, so that
discord.py need not keep the view (it would keep one, and a task, for each private reply).
"""

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.charts.canvas import Chart
from bot.knowledge.records import KnowledgeBase
from bot.ui import custom_ids
from bot.ui.texts import cut

Button = ui.Button[Any]
ACCENT = discord.Colour(0x5865F2)
QUIET = discord.Colour(0x80848E)
SECONDARY, PRIMARY, SUCCESS = discord.ButtonStyle.secondary, discord.ButtonStyle.primary, discord.ButtonStyle.success
CHART_FILE = "chart.png"
MAX_LABEL = 80
# The letters of the buttons of a row that a phone shows side by side.
ROW_CHARACTERS = 34
MAX_OPTIONS = 25


@dataclass(frozen=True)
class Download:
    """A file that is offered below a text."""

    name: str
    raw: bytes


Part = str | Chart | Download | ui.Item[Any]


class Screen(ui.LayoutView):
    """A view, ready to be sent with the files that it shows."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self._attached: dict[str, bytes] = {}

    @property
    def files(self) -> list[discord.File]:
        """The attachments, fresh (a file can be sent only once)."""
        return [discord.File(io.BytesIO(raw), name) for name, raw in self._attached.items()]

    def item(self, part: Part) -> ui.Item[Any]:
        """What shows a part; a picture or file is attached."""
        if isinstance(part, str):
            return ui.TextDisplay(part)
        if isinstance(part, Chart):
            self._attached[CHART_FILE] = part.png
            place = discord.MediaGalleryItem(f"attachment://{CHART_FILE}", description=part.description)
            return ui.MediaGallery(place)
        if isinstance(part, Download):
            self._attached[part.name] = part.raw
            return ui.File(f"attachment://{part.name}")
        return part


def button(label: str, custom_id: str, style: discord.ButtonStyle = SECONDARY) -> Button:
    """A button; a label that is too long for Discord is cut."""
    return ui.Button(label=cut(label, MAX_LABEL), custom_id=custom_id, style=style)


def entry_buttons(knowledge: KnowledgeBase, ids: Iterable[str]) -> list[Button]:
    """A button for each entry that shows it."""
    return [button(knowledge.entries[i].title, custom_ids.SHOW.format(entry=i)) for i in ids]


def stacked(buttons: Iterable[Button]) -> list[list[Button]]:
    """One button a row: long labels stay readable on a phone."""
    return [[button] for button in buttons]


def in_rows(buttons: Iterable[Button]) -> list[list[Button]]:
    """As many buttons a row as a phone shows side by side."""
    rows: list[list[Button]] = []
    for one in buttons:
        if rows and fits_beside([*rows[-1], one]):
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def fits_beside(buttons: Iterable[Button]) -> bool:
    """Whether a phone, 390 pixels wide, shows these buttons in one row."""
    return sum(len(str(one.label)) for one in buttons) <= ROW_CHARACTERS


def screen(
    text: str, *rows: Sequence[ui.Item[Any]], below: Sequence[Part] = (), colour: discord.Colour = ACCENT
) -> Screen:
    """A text, what is shown below it, and rows of buttons or a menu; an empty row is left out."""
    view = Screen()
    view.add_item(ui.Container(*map(view.item, (text, *below)), accent_colour=colour))
    for row in filter(None, rows):
        view.add_item(ui.ActionRow(*row))
    view.stop()
    return view


def texts_of(message: discord.Message) -> list[str]:
    """What a message of the bot says, part by part."""
    items = ui.LayoutView.from_message(message).walk_children()
    return [item.content for item in items if isinstance(item, ui.TextDisplay)]
