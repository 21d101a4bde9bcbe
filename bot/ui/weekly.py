"""The summary of a week, for the moderators' channel."""

import asyncio
import datetime as dt

from bot.charts.fit import tally_chart
from bot.curation.keeper import Keeper
from bot.curation.wishes import wishes
from bot.journal.questions import Questions
from bot.matching.decision import Outcome
from bot.ui import sentences
from bot.ui.desk_layouts import desk_layout
from bot.ui.desk_texts import listed, quoted, title_of
from bot.ui.layouts import picture
from bot.ui.responder import Rendered

WANTED = 5
SHOWN = (Outcome.ANSWER, Outcome.CLARIFY, Outcome.DECLINE)


async def weekly_report(keeper: Keeper, questions: Questions, monday: dt.date) -> Rendered | None:
    """What came in since that day; None when nobody asked anything. Raises JournalError."""
    week = await questions.since(monday)
    if not week.outcomes:
        return None
    opened = [q for q in await questions.open() if q.at.date() >= monday]
    wanted = await asyncio.to_thread(wishes, opened, keeper.advisor.matcher)
    rows = [f"{len(wish.questions)}× {quoted(wish.latest.text)}" for wish in wanted[:WANTED]]
    answered, clarified, declined = counts = [week.outcomes.get(outcome, 0) for outcome in SHOWN]
    parts = [
        sentences.WEEK.format(
            day=f"{monday.day} {monday:%B}",
            asked=sum(counts),
            answered=answered,
            clarified=clarified,
            declined=declined,
        )
    ]
    if rows:
        parts.append(f"{sentences.WEEK_WANTED}\n{listed(rows)}")
    if week.disliked:
        rows = [f"{count}× {title_of(keeper.advisor.knowledge, entry)}" for entry, count in week.disliked.items()]
        parts.append(f"{sentences.WEEK_DISLIKED}\n{listed(rows)}")
    named = dict(zip(sentences.OUTCOME_NAMES, counts, strict=True))
    chart = await asyncio.to_thread(tally_chart, named, sentences.WEEK_CHART)
    return Rendered(desk_layout("\n".join(parts), below=[picture(chart)]), chart)
