"""The screens of the quiz as layouts: statement, result, how each answer counted, and what is shared. Sends nothing."""

import discord
from discord import ui

from bot.charts.canvas import Chart
from bot.exts.quiz.texts import counted_text, result_text, statement_text
from bot.knowledge.records import KnowledgeBase, Quiz
from bot.quiz.progress import Action, Progress, encode
from bot.quiz.scoring import STEPS, Result
from bot.ui import custom_ids, sentences
from bot.ui.layouts import ACCENT, QUIET, button, layout, picture, quote_name, rows

PRIMARY, SUCCESS, DANGER = discord.ButtonStyle.primary, discord.ButtonStyle.success, discord.ButtonStyle.danger


def statement_layout(quiz: Quiz, progress: Progress, key: bytes) -> ui.LayoutView:
    """One statement, its five answers one below the other, and the way back, on and out."""
    answers = [
        button(sentences.STEPS[step], encode(Action.GO, progress.answered(step), quiz, key), PRIMARY)
        for step in range(STEPS)
    ]
    navigation = [button(sentences.BUTTON_SKIP, encode(Action.GO, progress.answered(None), quiz, key))]
    if progress.answers:
        navigation.insert(0, button(sentences.BUTTON_BACK, encode(Action.GO, progress.back(), quiz, key)))
    navigation.append(button(sentences.BUTTON_STOP, encode(Action.STOP, progress, quiz, key)))
    text: ui.Item[ui.LayoutView] = ui.TextDisplay(statement_text(quiz, progress))
    return layout(ui.Container(text, accent_colour=ACCENT), *rows(answers), ui.ActionRow(*navigation))


def too_few_layout(quiz: Quiz, progress: Progress, key: bytes) -> ui.LayoutView:
    """Too many were skipped: the way back."""
    navigation = [
        button(sentences.BUTTON_BACK, encode(Action.GO, progress.back(), quiz, key), PRIMARY),
        button(sentences.BUTTON_STOP, encode(Action.STOP, progress, quiz, key)),
    ]
    return layout(ui.Container(ui.TextDisplay(sentences.QUIZ_TOO_FEW), accent_colour=QUIET), ui.ActionRow(*navigation))


def result_layout(  # noqa: PLR0913 - a layout shows what it is given
    knowledge: KnowledgeBase,
    quiz: Quiz,
    progress: Progress,
    result: Result,
    key: bytes,
    *,
    chart: Chart | None = None,
    shared: bool = False,
) -> ui.LayoutView:
    """The result, what to ask next, and what can be done with it. The picture comes when it is drawn."""
    parts: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(result_text(knowledge, quiz, result))]
    if chart:
        parts.insert(1, picture(chart))
    share = button(sentences.BUTTON_SHARE, encode(Action.SHARE, progress, quiz, key), SUCCESS)
    share.disabled = shared
    footer = [
        share,
        button(sentences.BUTTON_RETAKE, encode(Action.GO, Progress(progress.owner), quiz, key)),
        button(sentences.BUTTON_COUNTED, encode(Action.COUNT, progress, quiz, key)),
    ]
    next_entries = (knowledge.entries[i] for i in quiz.results[result.outcome].next)
    related_buttons = [button(entry.title, custom_ids.open_entry(entry.id)) for entry in next_entries]
    return layout(ui.Container(*parts, accent_colour=ACCENT), *rows(related_buttons), ui.ActionRow(*footer))


def counted_layout(
    knowledge: KnowledgeBase, quiz: Quiz, progress: Progress, result: Result, key: bytes
) -> ui.LayoutView:
    """How each answer counted, and the way back."""
    text: ui.Item[ui.LayoutView] = ui.TextDisplay(counted_text(knowledge, quiz, result))
    back = button(sentences.BUTTON_TO_RESULT, encode(Action.GO, progress, quiz, key), PRIMARY)
    return layout(ui.Container(text, accent_colour=ACCENT), ui.ActionRow(back))


def shared_layout(name: str, outcome: str, chart: Chart) -> ui.LayoutView:
    """What everybody sees: the outcome and the picture, without the answers."""
    text = sentences.QUIZ_SHARED.format(name=quote_name(name), outcome=outcome)
    parts: list[ui.Item[ui.LayoutView]] = [ui.TextDisplay(text), picture(chart)]
    parts.append(ui.TextDisplay(f"-# {sentences.QUIZ_MIRROR}"))
    start = button(sentences.BUTTON_QUIZ, custom_ids.QUIZ_START, PRIMARY)
    return layout(ui.Container(*parts, accent_colour=ACCENT), ui.ActionRow(start))


def afresh_layout(sentence: str, quiz: Quiz, owner: int, key: bytes) -> ui.LayoutView:
    """A line, and the way to begin anew in the same message."""
    start = button(sentences.BUTTON_QUIZ, encode(Action.GO, Progress(owner), quiz, key), PRIMARY)
    return layout(ui.Container(ui.TextDisplay(sentence), accent_colour=QUIET), ui.ActionRow(start))


def stats_layout(text: str, chart: Chart) -> ui.LayoutView:
    """How often each outcome came."""
    start = button(sentences.BUTTON_QUIZ, custom_ids.QUIZ_START, PRIMARY)
    return layout(ui.Container(ui.TextDisplay(text), picture(chart), accent_colour=ACCENT), ui.ActionRow(start))
