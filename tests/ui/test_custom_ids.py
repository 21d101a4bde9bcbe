"""custom_ids: state goes in and comes out, within Discord's limit, and nothing tampered with is taken."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui import custom_ids

MAX_LENGTH = 100
OWNERS = st.integers(0, 10**20 - 1)
IDS = st.from_regex(r"[a-z0-9_]{1,20}(\.[a-z0-9_]{1,20})?", fullmatch=True)


def not_meant(owner, shown, others):
    """The custom_id of "Not what I meant"."""
    keys = {"shown": custom_ids.key_of(shown), "others": custom_ids.keys_of(others)}
    return custom_ids.NOT_MEANT.format(owner=owner, **keys)


@given(OWNERS, IDS, st.lists(IDS, max_size=6, unique=True))
def test_round_trip(owner, entry_id, others):
    """What is written into a custom_id is read back, in at most 100 characters."""
    known = [entry_id, *others]
    for custom_id, template in (
        (custom_ids.SHOW.format(entry=entry_id), custom_ids.SHOW),
        (custom_ids.CHOOSE.format(owner=owner, entry=entry_id), custom_ids.CHOOSE),
        (custom_ids.NONE_OF_THESE.format(owner=owner), custom_ids.NONE_OF_THESE),
        (not_meant(owner, entry_id, others), custom_ids.NOT_MEANT),
        (custom_ids.DELETE.format(owner=owner), custom_ids.DELETE),
    ):
        assert len(custom_id) <= MAX_LENGTH
        state = re.fullmatch(custom_ids.pattern(template), custom_id).groupdict()
        assert state.get("owner") in {None, str(owner)}
        assert state.get("entry") in {None, entry_id}
    state = re.fullmatch(custom_ids.pattern(custom_ids.NOT_MEANT), not_meant(owner, entry_id, others)).groupdict()
    assert custom_ids.ids_of(state["shown"], known) == (entry_id,)
    assert custom_ids.ids_of(state["others"], known) == tuple(others[:3])


def test_the_shipped_ids_have_keys_of_their_own(knowledge):
    """No two entries share a key, and the longest id fits."""
    keys = {custom_ids.key_of(entry_id) for entry_id in knowledge.entries}
    assert len(keys) == len(knowledge.entries)
    assert all(len(custom_ids.CHOOSE.format(owner=10**20 - 1, entry=i)) <= MAX_LENGTH for i in knowledge.entries)


@pytest.mark.parametrize(
    "tampered", ["delete:x", "delete:", "choose:1:A B", "show:", "show:" + "a" * 49, "not:1:zz:", "x"]
)
def test_tampered_ids_are_nobodys(tampered):
    """They match no pattern, so nothing happens."""
    templates = (custom_ids.SHOW, custom_ids.CHOOSE, custom_ids.NONE_OF_THESE, custom_ids.NOT_MEANT, custom_ids.DELETE)
    assert not any(re.fullmatch(custom_ids.pattern(t), tampered) for t in templates)


@given(st.text(max_size=120))
def test_any_text_is_matched_or_not(text):
    """Never an error."""
    assert re.fullmatch(custom_ids.pattern(custom_ids.NOT_MEANT), text) is None or text.startswith("not:")


def test_keys_of_entries_that_are_gone_are_left_out():
    """An edit may remove an entry that an old button names."""
    assert custom_ids.ids_of(f"{custom_ids.key_of('a')}.{custom_ids.key_of('gone')}", ["a"]) == ("a",)
    assert custom_ids.ids_of("", ["a"]) == ()


def test_custom_ids_of_votes_fit(knowledge):
    """Any answer with any runners-up."""
    ids = sorted(knowledge.entries, key=len)[-4:]
    for side in ("up", "down"):
        made = custom_ids.VOTE.format(side=side, shown=custom_ids.key_of(ids[0]), others=custom_ids.keys_of(ids[1:]))
        assert len(made) <= 100
        assert re.fullmatch(custom_ids.pattern(custom_ids.VOTE), made)
    assert len(custom_ids.curation_action("decline", 2**62, max(knowledge.not_covered, key=len))) <= 100
