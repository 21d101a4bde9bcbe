"""The summary of a week, for the moderators' channel."""

import asyncio
import datetime as dt

from bot.charts.quiz import tally_chart
from bot.curation.manager import KnowledgeManager
from bot.curation.question_clusters import cluster_questions
from bot.exts.curation.texts import listed, title_of
from bot.journal.questions import QuestionLog
from bot.matching.decision import Outcome
from bot.ui import sentences
from bot.ui.layouts import Screen, screen
from bot.ui.texts import quoted

WANTED = 5
SHOWN = (Outcome.ANSWER, Outcome.CLARIFY, Outcome.DECLINE)


async def weekly_report(manager: KnowledgeManager, questions: QuestionLog, monday: dt.date) -> Screen | None:
    """What came in since that day, with a chart; None when nobody asked anything. Raises JournalError."""
    week = await questions.since(monday)
    if not week.outcomes:
        return None
    opened = [q for q in await questions.open() if q.at.date() >= monday]
    wanted = await asyncio.to_thread(cluster_questions, opened, manager.advisor.matcher)
    counts = [week.outcomes.get(outcome, 0) for outcome in SHOWN]
    day = f"{monday.day} {monday:%B}"
    parts = [sentences.WEEK.format(*counts, day=day, asked=sum(counts))]
    if wanted:
        rows = [f"{len(cluster.questions)}× {quoted(cluster.latest.text)}" for cluster in wanted[:WANTED]]
        parts.append(f"{sentences.WEEK_WANTED}\n{listed(rows)}")
    if week.disliked:
        rows = [f"{count}× {title_of(manager.advisor.knowledge, entry)}" for entry, count in week.disliked.items()]
        parts.append(f"{sentences.WEEK_DISLIKED}\n{listed(rows)}")
    named = dict(zip(sentences.OUTCOME_NAMES, counts, strict=True))
    chart = await asyncio.to_thread(tally_chart, named, sentences.WEEK_CHART)
    return screen("\n".join(parts), below=[chart])
