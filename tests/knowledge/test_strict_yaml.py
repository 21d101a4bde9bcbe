"""Strict YAML: a slip becomes a message at its place, never a meaning."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import strict_yaml
from bot.knowledge.strict_yaml import MAX_BYTES, read


def problems_of(raw):
    """The problems of a text, as lines."""
    return [str(p) for p in read("file.yaml", raw.encode() if isinstance(raw, str) else raw)[1]]


FAULTS = {
    "a: 1\na: 2\n": 'file.yaml:2:1: The key "a" stands twice, first on line 1: keep one of them.',
    "- &x [1]\n- 2\n": "file.yaml:1:3: Anchors (&name)",
    "- &x a\n- *x\n": "file.yaml:2:3: Anchors (&name)",
    "a: !!python/object:os.system x\n": "file.yaml:1:4: Tags such as",
    "1: one\n": "file.yaml:1:1: The key 1 is not read as text: put it in quotes.",
    "yes: one\n": "file.yaml:1:1: The key yes is not read as text",
    "a: b: c\n": "file.yaml:1:5: This line can't be read (mapping values are not allowed in this context). A colon",
    "a:\n\t- b\n": "file.yaml:2:1: This line can't be read",
    'a: "never closed\n': "A quote is opened here and never closed.",
    "a: [1, 2\n": "This line can't be read",
    "a: 1\n---\nb: 2\n": "One file holds one document",
    "a: \x07\n": "There is an invisible control character",
}


@pytest.mark.parametrize("text", FAULTS, ids=range(len(FAULTS)))
def test_each_fault_is_named_at_its_place_with_its_mend(text):
    """Line, column, what is wrong, what to do."""
    assert FAULTS[text] in "\n".join(problems_of(text))


LOADERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if yaml.__with_libyaml__ else [])]
DEEP = {
    "brackets, closed": ("[" * 40 + "]" * 40, "1:13"),
    "brackets": ("[" * 5000, "1:13"),
    "among other things": ("a: ü\nb: [ [ ü, [" + "[" * 5000, "2:20"),
    "after other lines": ("a: ü\r\nb:\r\n  - " + "[" * 5000, "3:15"),
    "after a byte order mark": ("\ufeff" + "[" * 5000, "1:13"),
    "braces": ("{a: " * 5000, "1:49"),
    "both": ("[{a: " * 5000, "1:31"),
    "brackets as keys": ("? " + "[" * 5000, "1:14"),
    "dashes": ("- " * 5000, "1:25"),
    "question marks": ("? " * 5000, "1:25"),
    "mappings": ("".join(" " * level + "a:\n" for level in range(1200)), "13:13"),
    "lists in mappings": ("".join("  " * level + "- a:\n" for level in range(600)), "7:13"),
    "dashes, then brackets": ("- " * 10 + "[" * 5000, "1:23"),
    "dashes, then braces": ("- " * 10 + "{a: " * 5000, "1:29"),
}


@pytest.mark.parametrize("loader", LOADERS)
@pytest.mark.parametrize("text", DEEP)
def test_deep_nesting_is_named_where_it_is_too_deep(text, loader, monkeypatch):
    """At its thirteenth level, in our words: with and without libyaml, whatever limits a release of it has."""
    monkeypatch.setattr(strict_yaml, "LOADER", loader)
    raw, place = DEEP[text]
    assert problems_of(raw) == [f"file.yaml:{place}: Nested more than 12 levels deep: flatten it."]


@pytest.mark.parametrize("loader", LOADERS)
def test_a_number_too_large_stays_text(loader, monkeypatch):
    """In YAML's base of sixty."""
    monkeypatch.setattr(strict_yaml, "LOADER", loader)
    number = "1:" * 200 + "1.5"
    assert read("file.yaml", f"a: {number}\n".encode())[0].data == {"a": number}


def test_bytes_that_are_no_text():
    """A file in another encoding is refused with the place of the first such byte."""
    assert problems_of(b"a: b\nc: d\xff\n") == ["file.yaml:2:5: This is not UTF-8 text: save the file as UTF-8."]


def test_a_file_that_is_too_large():
    """Nothing of it is parsed."""
    document, problems = read("file.yaml", b"a" * (MAX_BYTES + 1))
    assert document.data is None
    assert "split it into several files" in problems[0].message


def test_a_byte_order_mark_is_no_fault():
    """Some editors write one."""
    assert read("file.yaml", b"\xef\xbb\xbfa: b\n")[0].data == {"a": "b"}


def test_a_date_that_does_not_exist_stays_text():
    """It is the schema's business to complain."""
    assert read("file.yaml", b"a: 2026-13-45\n")[0].data == {"a": "2026-13-45"}


SCALARS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=20) | st.integers() | st.booleans()
TREES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.from_regex(r"[a-z]{1,5}", fullmatch=True), inner, max_size=3)
    ),
    max_leaves=8,
)


def as_tuples(tree):
    """Lists as tuples, as the reader builds them."""
    if isinstance(tree, list):
        return tuple(map(as_tuples, tree))
    return {k: as_tuples(v) for k, v in tree.items()} if isinstance(tree, dict) else tree


@given(TREES)
def test_what_pyyaml_writes_is_read_back(tree):
    """Plain data survives; nothing plain is refused."""
    text = yaml.safe_dump(tree, allow_unicode=True)
    if any(sign in text for sign in ("&id", "*id")):
        return
    document, problems = read("file.yaml", text.encode())
    if not problems:
        assert document.data == as_tuples(tree)
    else:
        assert all("quotes" in p.message or "Nested" in p.message for p in problems)


@given(st.binary(max_size=200) | st.text(max_size=200).map(lambda t: t.encode("utf-8", "surrogatepass")))
def test_no_bytes_break_the_reader(raw):
    """Whatever is in the file, there is a document or a problem, never an exception."""
    document, problems = read("file.yaml", raw)
    assert document.data is None or not problems or all(p.line >= 1 and p.column >= 1 for p in problems)
