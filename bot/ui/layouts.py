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
MAX_OPTIONS = 25


@dataclass(frozen=True)
class Rendered:
    """A screen and the chart that it shows, ready to be sent."""

    view: ui.LayoutView
    chart: Chart | None = None

    @property
    def files(self) -> list[discord.File]:
        """The attachments, fresh (a file can be sent only once)."""
        return [discord.File(io.BytesIO(self.chart.png), CHART_FILE)] if self.chart else []


def button(label: str, custom_id: str, style: discord.ButtonStyle = SECONDARY) -> Button:
    """A button; a label that is too long for Discord is cut."""
    return ui.Button(label=cut(label, MAX_LABEL), custom_id=custom_id, style=style)


def entry_buttons(knowledge: KnowledgeBase, ids: Iterable[str]) -> list[Button]:
    """A button for each entry that shows it."""
    return [button(knowledge.entries[i].title, custom_ids.SHOW.format(entry=i)) for i in ids]


def stacked(buttons: Iterable[Button]) -> list[list[Button]]:
    """One button a row: long labels stay readable on a phone."""
    return [[button] for button in buttons]


def picture(chart: Chart) -> ui.MediaGallery[Any]:
    """The place of a chart in a message that has it as an attachment."""
    return ui.MediaGallery(discord.MediaGalleryItem(f"attachment://{CHART_FILE}", description=chart.description))


def screen(
    text: str,
    *rows: Sequence[ui.Item[Any]],
    below: Sequence[str | Chart | ui.Item[Any]] = (),
    colour: discord.Colour = ACCENT,
) -> ui.LayoutView:
    """A text, what is shown below it, and rows of buttons or a menu; an empty row is left out."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*map(_item, (text, *below)), accent_colour=colour))
    for row in filter(None, rows):
        view.add_item(ui.ActionRow(*row))
    view.stop()
    return view


def _item(part: str | Chart | ui.Item[Any]) -> ui.Item[Any]:
    if isinstance(part, str):
        return ui.TextDisplay(part)
    return picture(part) if isinstance(part, Chart) else part
