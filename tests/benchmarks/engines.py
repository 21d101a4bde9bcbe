"""This bot's engine and its peers behind one face: learn labelled texts, then label a text. For benchmarks only.

Each peer is imported where it is used, so that no other one's memory is counted.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

from bot.embedders.choice import EmbedderChoice, choose
from bot.knowledge.records import Entry, KnowledgeBase, NotCovered
from bot.matching.embedding import Embedder
from bot.matching.matcher import Match, Matcher
from bot.matching.targets import Kind
from bot.matching.text import clean

Label = Callable[[str], str]
TITLE = 60


def knowledge_of(texts: Sequence[str], labels: Sequence[str], out_of_scope: str | None = None) -> KnowledgeBase:
    """A knowledge base of labelled texts, without facets: an entry a label, by number."""
    asked: dict[str, list[str]] = {}
    for text, label in zip(texts, labels, strict=True):
        asked.setdefault(label, []).append(text)
    unknown = asked.pop(out_of_scope, []) if out_of_scope else []
    entries = {
        label: Entry(id=f"e{number}", title=label.replace("_", " ")[:TITLE], answer=label, ask=tuple(ask))
        for number, (label, ask) in enumerate(asked.items())
    }
    record = NotCovered(id="off_topic", title="Something else", reply="No.", ask=tuple(unknown)) if unknown else None
    return KnowledgeBase({e.id: e for e in entries.values()}, {record.id: record} if record else {})


class Advisor:
    """This bot's matcher."""

    def __init__(self, texts: Sequence[str], labels: Sequence[str], out_of_scope: str | None, embedder: Embedder):
        self.matcher = Matcher(knowledge_of(texts, labels, out_of_scope), embedder)
        names = dict.fromkeys(label for label in labels if label != out_of_scope)
        self._names = {f"e{number}": label for number, label in enumerate(names)}

    def match(self, text: str) -> Match:
        return self.matcher.match(clean(text))

    def best(self, match: Match) -> tuple[str, float]:
        """The likeliest label that is in scope, and its confidence."""
        entry = match.of_kind(Kind.ENTRY)[0]
        return self._names[entry.target.id], entry.confidence

    def __call__(self, text: str) -> str:
        return self.best(self.match(text))[0]


def advisor(choice: EmbedderChoice) -> Callable[[Sequence[str], Sequence[str]], Label]:
    """This bot's engine with one of the embedders."""

    def fit(texts: Sequence[str], labels: Sequence[str]) -> Label:
        return Advisor(texts, labels, None, choose(choice, Path("data")))

    return fit


def rapidfuzz_token_set(texts: Sequence[str], labels: Sequence[str]) -> Label:
    """The phrasing with the best token_set_ratio."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415

    lowered = [text.lower() for text in texts]

    def label(text: str) -> str:
        return labels[process.extractOne(text.lower(), lowered, scorer=fuzz.token_set_ratio)[2]]

    return label


def bm25(texts: Sequence[str], labels: Sequence[str]) -> Label:
    """The phrasing with the best BM25 score."""
    import bm25s  # noqa: PLC0415

    index = bm25s.BM25()
    index.index(bm25s.tokenize(list(texts), show_progress=False), show_progress=False)

    def label(text: str) -> str:
        tokens = bm25s.tokenize(text, show_progress=False, return_ids=False)
        return labels[int(index.retrieve(tokens, k=1, show_progress=False).documents[0, 0])] if tokens[0] else labels[0]

    return label


def logistic_regression(texts: Sequence[str], labels: Sequence[str]) -> Label:
    """TF-IDF of words and pairs, and logistic regression."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    vectorizer = TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True)
    model = LogisticRegression(C=10, max_iter=200).fit(vectorizer.fit_transform(texts), labels)
    return lambda text: str(model.predict(vectorizer.transform([text]))[0])


ENGINES: dict[str, Callable[[Sequence[str], Sequence[str]], Label]] = {
    "this bot, static": advisor(EmbedderChoice.STATIC),
    "this bot, none": advisor(EmbedderChoice.NONE),
    "rapidfuzz token_set_ratio": rapidfuzz_token_set,
    "bm25s": bm25,
    "TF-IDF + logistic regression": logistic_regression,
}
