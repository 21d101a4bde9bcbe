"""What moderators read: problems, effects of an edit, why an answer, history, clusters → Markdown. Knows no Discord."""

from collections import Counter
from collections.abc import Iterable, Sequence

from bot.curation.effects import Effect, Tried
from bot.curation.manager import KnowledgeManager, Proposal, Reloaded
from bot.curation.question_clusters import QuestionCluster
from bot.dialogue.records import Reply
from bot.evaluation import Scored
from bot.journal.history import Change
from bot.journal.questions import OpenQuestion
from bot.knowledge.problems import Problem
from bot.knowledge.records import KnowledgeBase
from bot.matching.decision import Outcome
from bot.matching.health import Weakness, shortlist
from bot.ui import sentences
from bot.ui.explanation import explain
from bot.ui.texts import answer_text, cut, quoted, reply_sentence

MAX_ITEMS = 8
MAX_ROW = 60


def listed(items: Iterable[str], most: int = MAX_ITEMS) -> str:
    """One item a line; of many, the first and how many more."""
    lines = [f"• {item}" for item in items]
    return "\n".join(lines if len(lines) <= most else [*lines[:most], f"… and {len(lines) - most} more"])


def problems_text(problems: Sequence[Problem], head: str = sentences.BROKEN) -> str:
    """What is wrong, with file, line and column."""
    rows = listed(f"`{p.file}:{p.line}:{p.column}` {p.message}" for p in problems)
    return cut(f"{head.format(count=len(problems))}\n{rows}")


def status_text(manager: KnowledgeManager, queued: int) -> str:
    """What is in use, and how well it is."""
    knowledge = manager.advisor.knowledge
    return sentences.STATUS.format(
        version=knowledge.fingerprint,
        broken=sentences.UNUSABLE if manager.problems else sentences.USABLE,
        checks=checks_text(manager.failed_checks) or sentences.CHECKS_HOLD,
        entries=len(knowledge.entries),
        phrasings=f"{knowledge.phrasings:,}",
        uncovered=len(knowledge.not_covered),
        seconds=manager.fit_seconds,
        embedder=manager.advisor.matcher.embedder.name,
        queued=queued,
    )


def checks_text(failed: Sequence[Scored]) -> str:
    """The questions of checks.yaml that don't get their answer; nothing where all do."""
    rows = (
        sentences.CHECK_FAILS.format(question=quoted(s.labelled.question), given=s.given, wanted=s.labelled.wanted)
        for s in failed
    )
    return f"{sentences.CHECKS_FAIL}\n{listed(rows)}" if failed else ""


def reloaded_text(found: Reloaded, manager: KnowledgeManager) -> str:
    """What came of reading the folder again."""
    if manager.problems:
        return problems_text(manager.problems)
    knowledge = manager.advisor.knowledge
    template = {Reloaded.FIXED: sentences.FIXED, Reloaded.LOADED: sentences.LOADED}.get(found, sentences.UNCHANGED)
    told = template.format(entries=len(knowledge.entries), phrasings=f"{knowledge.phrasings:,}")
    return "\n\n".join(filter(None, [told, checks_text(manager.failed_checks)]))


def weakness_line(weakness: Weakness) -> str:
    """A weak spot and what to do."""
    where = f"{weakness.place} " if weakness.place else ""
    return f"{weakness.kind}: {where}{weakness.record}: {weakness.message}. {weakness.fix}"


def health_text(weak: Sequence[Weakness]) -> str:
    """The weak spots that harm most, and how many more there are."""
    shown = shortlist(weak, MAX_ITEMS)
    more = f"\n… and {len(weak) - len(shown)} more" if len(shown) < len(weak) else ""
    return f"{sentences.NO_PROBLEMS}\n{listed(map(weakness_line, shown)) or sentences.HEALTHY}{more}"


def counted(weak: Sequence[Weakness]) -> str:
    """Weak spots, as how many of each kind."""
    kinds = Counter(weakness.kind for weakness in weak)
    return ", ".join(f"{count} {kind}" for kind, count in kinds.items()) or sentences.HEALTHY


def fenced(text: str) -> str:
    """A text that stays inside a code block."""
    return cut(text.replace("```", "``\u200b`"), 3000)


def reply_line(knowledge: KnowledgeBase, reply: Reply) -> str:
    """A reply in one line."""
    titles = ", ".join(f"*{entry.title}*" for entry in reply.entries)
    if reply.outcome is Outcome.ANSWER:
        return titles
    sentence = reply_sentence(knowledge, reply)
    return f"{sentence} {titles}" if reply.outcome is Outcome.CLARIFY else sentence


def why_text(reply: Reply) -> str:
    """Why this reply: how it was read, and what speaks for each candidate."""
    parts = []
    for part in explain(reply):
        head = sentences.WHY.format(
            outcome=reply.outcome.replace("_", " ").capitalize(),
            sure=100 * part.candidates[0].confidence,
            margin=100 * part.margin,
            words=quoted(part.words),
            facets=part.facets,
        )
        rows = [
            f"• **{c.target.id}** {100 * c.confidence:.0f} %, nearest: “{quoted(c.phrasing)}” ({c.nearest:.2f})"
            for c in part.candidates[:4]
        ]
        parts.append("\n".join([head, *rows]))
    return cut("\n\n".join(parts))


def record_text(knowledge: KnowledgeBase, record: str) -> str:
    """All there is to an entry, a topic that is not covered or small talk."""
    entry, intent = knowledge.entries.get(record), knowledge.intents[record]
    paragraphs = ", ".join(map(str, entry.source)) if entry else ""
    head = sentences.RECORD_HEAD.format(
        title=intent.title,
        id=record,
        place=knowledge.place(record),
        paragraphs=sentences.RECORD_PARAGRAPHS.format(paragraphs=paragraphs) if paragraphs else "",
        count=len(intent.ask),
    )
    said = answer_text(knowledge, entry) if entry else getattr(intent, text_field(knowledge, record))
    return cut(f"{head}\n{said}\n\n{listed(map(quoted, intent.ask), 20)}")


def text_field(knowledge: KnowledgeBase, record: str) -> str:
    """The field that holds what a record says."""
    return "answer" if record in knowledge.entries else "reply"


def history_text(changes: Sequence[Change]) -> str:
    """The latest changes, one a line."""
    return cut("\n".join([sentences.HISTORY, *map(change_line, changes)])) if changes else sentences.HISTORY_NONE


def change_line(change: Change) -> str:
    """One change: number, day, who and what."""
    who = sentences.HISTORY_HAND if change.who is None else f"<@{change.who}>"
    when = f"<t:{int(change.at.timestamp())}:f>"
    return sentences.HISTORY_ROW.format(id=change.id, when=when, who=who, what=change.what)


def effect_text(effect: Effect) -> str:
    """What an edit would change, warnings last."""
    kinds = zip(sentences.PROPOSAL_KINDS, (effect.added, effect.removed, effect.edited), strict=True)
    parts = [f"{kind}: {cut(', '.join(f'`{i}`' for i in ids), 600)}" for kind, ids in kinds if ids]
    if effect.lost_checks:
        parts.append(f"{sentences.PROPOSAL_CHECKS}\n{listed(map(quoted, effect.lost_checks))}")
    if effect.stolen:
        rows = (f"{quoted(s.phrasing)} (`{s.owner}` → `{s.winner}`)" for s in effect.stolen)
        parts.append(f"{sentences.PROPOSAL_STOLEN}\n{listed(rows)}")
    elif not effect.lost_checks:
        parts.append(sentences.PROPOSAL_SAFE)
    return "\n".join(parts)


def proposal_text(proposal: Proposal, tried: Tried | None) -> str:
    """What would be saved, and what it would do."""
    parts = [sentences.PROPOSAL.format(what=proposal.edit.what)]
    if tried:
        question, _ = tried.answered[0]
        now = reply_line(proposal.before.knowledge, tried.before)
        parts.append(sentences.PROPOSAL_NOW.format(question=quoted(question), reply=now))
        parts.append(sentences.PROPOSAL_THEN.format(reply=reply_line(proposal.advisor.knowledge, tried.after)))
        parts += _tried_lines(tried)
    return cut("\n".join([*parts, effect_text(proposal.effect)]))


def _tried_lines(tried: Tried) -> list[str]:
    """How many of its wordings a record would answer; loudest, what must not be overlooked."""
    missed = [text for text, is_answered in tried.answered if not is_answered]
    lines = [sentences.PROPOSAL_OVERTURNS] if tried.overturned else []
    if not tried.works:
        return [*lines, sentences.PROPOSAL_DOES_NOT_WORK]
    count = len(tried.answered)
    lines.append(sentences.PROPOSAL_TRIED.format(answered=count - len(missed), count=count))
    return [*lines, listed(map(quoted, missed))] if missed else lines


def cluster_row(knowledge: KnowledgeBase, cluster: QuestionCluster, template: str = sentences.QUESTION_ROW) -> str:
    """A cluster on two lines: its latest wording, how often it was asked, what came of it."""
    latest = cluster.latest
    return template.format(
        text=quoted(latest.text),
        count=cluster.members,
        outcome=sentences.SETTLED if cluster.is_settled else _outcome(knowledge, latest),
        day=f"<t:{int(latest.at.timestamp())}:d>",
    )


def _outcome(knowledge: KnowledgeBase, question: OpenQuestion) -> str:
    """What came of a question, and of which record."""
    outcome = sentences.OPEN_OUTCOMES.get(question.outcome, question.outcome)
    return f"{outcome}: *{title_of(knowledge, question.record)}*" if question.record else outcome


def cluster_text(knowledge: KnowledgeBase, cluster: QuestionCluster, reply: Reply) -> str:
    """A cluster with its other wordings, and what the bot would say now."""
    others = [quoted(text) for text in cluster.wordings[1:]]
    also = [f"{sentences.QUESTION_ALSO}\n{listed(others)}"] if others else []
    head = cluster_row(knowledge, cluster, sentences.QUESTION_HEAD)
    now = sentences.QUESTION_NOW.format(reply=reply_line(knowledge, reply))
    return cut("\n".join([head, *also, now, sentences.QUESTION_HOW]))


def answered_text(knowledge: KnowledgeBase, answered: Sequence[OpenQuestion]) -> str:
    """What was asked, and which answer it got, one question a line."""
    rows = (f"“{quoted(q.text, MAX_ROW)}” → *{title_of(knowledge, q.record or '')}*" for q in answered)
    return cut("\n".join([sentences.ANSWERED, *rows])) if answered else sentences.ANSWERED_NONE


def title_of(knowledge: KnowledgeBase, record: str) -> str:
    """The title of any record, or its id where it is gone."""
    found = knowledge.intents.get(record)
    return found.title if found else record
