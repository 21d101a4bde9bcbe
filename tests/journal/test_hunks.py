"""What changed, as lines, and taking it back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.journal.hunks import difference, hunk_of, is_made, rebased, revert
from bot.knowledge.writing import EditError

FILES = st.one_of(
    st.none(), st.lists(st.sampled_from(["a", "b", "c", "", "ä\u2028"]), max_size=12).map("\n".join).map(str.encode)
)


@given(FILES, FILES)
def test_any_change_can_be_taken_back(before, after):
    """Byte for byte, files that appear or vanish too."""
    assert revert(after, hunk_of(before, after)) == before


@given(FILES, FILES)
def test_whether_a_change_was_made_is_seen_in_the_file(before, after):
    """The new file has it, the old one has not: also where lines are taken from its end, or stand twice."""
    assert is_made(after, hunk_of(before, after))
    assert before == after or not is_made(before, hunk_of(before, after))


def test_a_change_that_others_wrote_over_was_made():
    """Neither its old nor its new lines are there: it stays in the history."""
    assert is_made(b"a\nother\nc\n", hunk_of(b"a\nb\nc\n", b"a\nB\nc\n"))
    assert not is_made(b"a\nb\nc\n", hunk_of(b"a\nb\nc\n", b"a\nB\nc\n"))


def test_a_change_is_found_again_after_others():
    """Also when lines above have come or gone since; the later changes stay."""
    before = b"".join(b"line %d\n" % number for number in range(30))
    after = before.replace(b"line 20\n", b"line 20\nnew\n")
    later = b"first\n" + after + b"last\n"
    assert revert(later, hunk_of(before, after)) == b"first\n" + before + b"last\n"


@pytest.mark.parametrize("now", [b"", b"a\nother\nc\n", b"x\n" + b"a\nB\nc\n" * 2, None])
def test_lines_that_are_gone_or_stand_twice_are_not_guessed(now):
    """What can't be taken back safely is left to a hand."""
    with pytest.raises(EditError, match="changed since"):
        revert(now, hunk_of(b"a\nb\nc\n", b"a\nB\nc\n"))


def test_a_removed_file_comes_back_only_where_there_is_none():
    """Nothing is overwritten."""
    with pytest.raises(EditError, match="changed since"):
        revert(b"new", hunk_of(b"old", None))


@pytest.mark.parametrize(
    ("now", "wanted"),
    [
        (b"a\nX\nb\nc\nd\n", b"a\nX\nb\nc\nY\nd\n"),
        (b"a\nb\nX\nd\n", b"a\nb\nX\nY\nd\n"),  # the line above it is another one now
        (b"a\nb\nc\nX\nd\n", b"a\nb\nc\nX\nY\nd\n"),
        (b"b\nc\nd\nend\n", b"b\nc\nY\nd\nend\n"),
    ],
)
def test_an_addition_finds_its_place_among_the_edits_of_others(now, wanted):
    """Of two lines added at one place, the one that was saved first comes first."""
    assert rebased(now, b"a\nb\nc\nd\n", b"a\nb\nc\nY\nd\n") == wanted


@pytest.mark.parametrize("now", [b"a\nX\nc\n", b"a\nc\n", None])
def test_two_edits_of_one_line_are_not_guessed_at(now):
    """The second is refused."""
    with pytest.raises(EditError, match="edited meanwhile"):
        rebased(now, b"a\nb\nc\n", b"a\nB\nc\n")


@given(FILES, FILES)
def test_an_edit_of_an_unchanged_file_is_the_edit(before, after):
    """Byte for byte."""
    if before is not None and after is not None:
        assert rebased(before, before, after) == after
        assert rebased(after, before, before) == after


def test_a_difference_is_read_with_signs():
    """Only the changed lines, with + and -."""
    assert difference("a\nb\n", "a\nc\n") == "- b\n+ c"
    assert difference(None, "a") == "+ a"
