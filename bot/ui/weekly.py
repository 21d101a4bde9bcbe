"""The summary of a week, for the moderators' channel."""

import asyncio
import datetime as dt

from bot.charts.fit import tally_chart
from bot.curation.keeper import Keeper
from bot.curation.wishes import wishes
from bot.journal.questions import Questions, Week
from bot.matching.decision import Outcome
from bot.ui import sentences
from bot.ui.desk_layouts import desk_layout
from bot.ui.desk_texts import listed, quoted, title_of
from bot.ui.layouts import picture
from bot.ui.responder import Rendered

WANTED = 5
SHOWN = (Outcome.ANSWER, Outcome.CLARIFY, Outcome.DECLINE)


async def weekly_report(keeper: Keeper, questions: Questions, monday: dt.date) -> Rendered:
    """What came in since that day. Raises JournalError."""
    week = await questions.since(monday)
    opened = [q for q in await questions.open() if q.at.date() >= monday]
    wanted = await asyncio.to_thread(wishes, opened, keeper.advisor.matcher)
    rows = [f"{len(wish.questions)}× {quoted(wish.latest.text)}" for wish in wanted[:WANTED]]
    counts = {sentences.OUTCOME_NAMES[outcome]: week.outcomes.get(outcome, 0) for outcome in SHOWN}
    asked = sum(counts.values())
    parts = [_head(week, monday, asked)]
    if rows:
        parts.append(f"{sentences.WEEK_WANTED}\n{listed(rows)}")
    if week.disliked:
        named = (f"{count}× {title_of(keeper.advisor.knowledge, entry)}" for entry, count in week.disliked.items())
        parts.append(f"{sentences.WEEK_DISLIKED}\n{listed(named)}")
    text = "\n".join(parts)
    if not asked:
        return Rendered(desk_layout(text))
    chart = await asyncio.to_thread(tally_chart, counts)
    return Rendered(desk_layout(text, below=[picture(chart)]), chart)


def _head(week: Week, monday: dt.date, asked: int) -> str:
    if not asked:
        return sentences.WEEK_QUIET
    answered, clarified, declined = (week.outcomes.get(outcome, 0) for outcome in SHOWN)
    day = f"{monday:%-d %B}"
    return sentences.WEEK.format(day=day, asked=asked, answered=answered, clarified=clarified, declined=declined)
