"""A small knowledge folder, for tests that want one of their own."""

from pathlib import Path

VOCABULARY = """\
roles:
  baker: {title: Baker, names: [baker, bakers]}
  cook: {title: Cook, names: [cook, cooks, chef]}
topics:
  pay: {title: Pay, names: [pay, wage, earn]}
  hours: {title: Hours, names: [hours, shift]}
levels:
  entry: {title: Beginner, names: [apprentice, beginner], years: [0, 1]}
  senior: {title: Master, names: [master, senior], years: [5, 40]}
every_role: [both]
other_role: [the other one, other one]
grammar:
  negations: [not, without]
  corrections: ["no"]
  articles: [a, an, the]
  same: {an: a}
  joins: [or, and, vs]
  numbers: [zero, one, two, three, four, five, six]
  years: [year, years]
  age: [old]
"""

ENTRIES = """\
- id: baker.pay
  title: What bakers earn
  role: baker
  topic: pay
  figures: {currency: USD, low: 30000, high: 50000, per: year}
  answer: Bakers earn {range} a year.
  ask: [what does a baker earn, baker wage, how much money do bakers make]
  related: [cook.pay]
  source: [1]

- id: cook.pay
  title: What cooks earn
  role: cook
  topic: pay
  figures: {currency: USD, low: 35000, high: 60000, per: year}
  answer: Cooks earn {range} a year.
  ask: [what does a cook earn, cook wage, how much money do cooks make]
  source: [2]

- id: baker.hours
  title: When bakers work
  role: baker
  topic: hours
  answer: Bakers get up early.
  ask: [when do bakers work, baker hours, how early does a baker start]
  source: [1]
"""

NOT_COVERED = """\
- id: holidays
  title: Holidays
  reply: Nobody wrote down anything about holidays.
  nearest: [baker.hours]
  ask: [how many holidays do bakers get, vacation days, time off for cooks]
"""

SMALL_TALK = """\
- id: greeting
  title: Hello
  reply: Hello! Ask me about bakers and cooks.
  ask: [hello, hi there, good morning]
"""

_STATEMENT = """\
  - {{id: {id}, text: I like {id}., role: {role}, dimension: {role}, entry: {role}.pay, reversed: {reversed}}}
"""
_RESULT = "  {outcome}: {{step: Try {outcome}., next: [baker.pay, cook.pay]}}\n"
_DIMENSION = "{title: %s, high: You like %s., middle: You may do %s., low: You dislike %s.}"
QUIZ = (
    "dimensions:\n"
    + "".join(
        f"  {role}: {_DIMENSION.replace('%s', name)}\n" for role, name in {"baker": "Baking", "cook": "Cooking"}.items()
    )
    + "results:\n"
    + "".join(_RESULT.format(outcome=outcome) for outcome in ("baker", "cook", "both", "close", "neither", "mixed"))
    + "statements:\n"
    + "".join(
        _STATEMENT.format(id=f"{role}_{number}", role=role, reversed=str(number > 4).lower())
        for number in range(1, 7)
        for role in ("baker", "cook")
    )
    + "tie_breakers:\n"
    + "".join(
        f"  - {{id: rather_{number}, rather: {{baker: Bake {number}, cook: Cook {number}}}, entries: [baker.pay]}}\n"
        for number in (1, 2)
    )
)

FILES = {
    "answers/work.yaml": ENTRIES,
    "vocabulary.yaml": VOCABULARY,
    "not_covered/time_off.yaml": NOT_COVERED,
    "small_talk.yaml": SMALL_TALK,
    "source.yaml": "title: Bread and soup\nyear: 2026\nparagraphs: 2\n",
    "checks.yaml": "- question: baker wage\n  expect: [baker.pay]\n",
}


FILE = "answers/work.yaml"
EDITED = ENTRIES.replace("baker wage", "wages of bakers")


def write(folder: Path, **changes: str | None) -> Path:
    """Write the files; a change names a file with `__` for `/` and no ending, None leaves it out."""
    files: dict[str, str | None] = dict(FILES)
    files |= {name.replace("__", "/") + ".yaml": text for name, text in changes.items()}
    for name, text in files.items():
        if text is not None:
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return folder
