"""The chart of pay."""

from dataclasses import replace

from bot.charts.pay import pay_bars, pay_chart


def test_the_chart_reads_its_figures_from_the_entries(knowledge):
    """Every yearly range of a role and level is a bar; the words say the same for screen readers."""
    bars = pay_bars(knowledge)
    assert [(b.low, b.high, b.and_above) for b in bars if b.group == "AI engineer"] == [
        (90, 130, False),
        (130, 175, False),
        (200, 350, True),
    ]
    chart = pay_chart(bars)
    assert chart.png.startswith(b"\x89PNG")
    assert "Prompt engineer, Senior: $160k to $220k or more" in chart.description
    assert len(chart.description) <= 1024
    assert pay_chart(bars) is chart


def test_dollar_signs_in_a_title_are_no_mathematics(knowledge):
    """A level, or a role, that is called so takes no picture down."""
    bars = tuple(replace(bar, label=f"{bar.label} ($$)", group=f"{bar.group} $x_$") for bar in pay_bars(knowledge))
    assert pay_chart(bars).png.startswith(b"\x89PNG")


def test_what_was_asked_for_is_lit(knowledge):
    """One range, a role's ladder, or all that a comparison is about."""
    for entry, lit in (("ai_engineer.salary.mid", 1), ("ai_engineer.salary.ladder", 3), ("salary.compare", 6)):
        if entry in knowledge.entries:
            asked = [b for b in pay_bars(knowledge, [knowledge.entries[entry]]) if b.asked]
            assert len(asked) == lit
            assert lit == 6 or {b.group for b in asked} == {"AI engineer"}
