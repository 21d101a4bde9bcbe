"""Many wordings of one cluster are one row."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from bot.curation.question_clusters import cluster_questions
from bot.journal.questions import OpenQuestion
from bot.knowledge.loader import load
from bot.matching.clusters import clusters
from bot.matching.embedding import NoEmbedder
from bot.matching.matcher import Matcher
from tests import small

START = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)

# Different people's words for three things that the article does not tell.
PARKING = [
    "is there parking",
    "where do I park my car",
    "parking spots?",
    "can i get a parking space",
    "car parking cost",
]
DOGS = ["can I bring my dog", "are dogs allowed", "dog friendly?", "bringing a dog to work", "is my dog welcome"]
UNIFORMS = [
    "do I have to wear a uniform",
    "uniform colour",
    "who pays for the uniform",
    "uniforms?",
    "must uniforms be worn",
]


def opened(texts, record=None):
    """Open questions with these words."""
    return [OpenQuestion(hash((text, record)), START, text, "decline", record, None, text) for text in texts]


def test_wordings_of_one_question_come_together(advisor):
    """Of fifteen wordings of three clusters, three rows hold nearly all, and none mixes them."""
    found = cluster_questions(opened([*PARKING, *DOGS, *UNIFORMS]), advisor.matcher)
    sizes = [len(cluster.questions) for cluster in found]
    assert sizes == sorted(sizes, reverse=True)
    for kind in (PARKING, DOGS, UNIFORMS):
        shares = [len(set(kind) & set(cluster.wordings)) for cluster in found]
        assert max(shares) >= 4
    assert all(sum(bool(set(kind) & set(w.wordings)) for kind in (PARKING, DOGS, UNIFORMS)) == 1 for w in found)


def test_questions_that_one_record_declined_are_one_cluster(advisor):
    """However they are worded; the latest comes first, and each wording once."""
    asked = opened(["remote?", "from home?", "wfh"], "remote_work") + opened(["remote?"], "remote_work")
    (cluster,) = cluster_questions(asked, advisor.matcher)
    assert (len(cluster.questions), cluster.latest.text, cluster.wordings) == (
        4,
        "remote?",
        ("remote?", "from home?", "wfh"),
    )


def test_it_works_without_embeddings(tmp_path):
    """The same words, then."""
    matcher = Matcher(load(small.write(tmp_path)), NoEmbedder())
    found = cluster_questions(opened(["umbrella bonus", "bonus umbrella", "zebra stripes"]), matcher)
    assert [len(cluster.questions) for cluster in found] == [2, 1]
    assert cluster_questions([], matcher) == []


@pytest.mark.parametrize(("least", "sizes"), [(0.99, [1, 1, 1, 1]), (0.5, [2, 2]), (-1, [4])])
def test_clusters_join_by_their_mean_cosine(least, sizes):
    """The lower the bar, the fewer the groups; every row is in one of them."""
    angles = np.radians([0, 20, 100, 120])
    groups = clusters(np.column_stack([np.cos(angles), np.sin(angles)]), least)
    assert [len(group) for group in groups] == sizes
    assert sorted(row for group in groups for row in group) == [0, 1, 2, 3]


def test_what_was_declined_honestly_is_settled_and_comes_last(advisor):
    """However often it was asked; a vote against the answer makes it open again."""
    settled = opened(["remote?", "from home?", "wfh"], "remote_work")
    found = cluster_questions([*settled, *opened(["umbrella bonus"])], advisor.matcher)
    assert [cluster.is_settled for cluster in found] == [False, True]
    disliked = replace(settled[0], outcome="not_meant")
    found = cluster_questions([disliked, *settled[1:], *opened(["umbrella bonus"])], advisor.matcher)
    assert [len(cluster.questions) for cluster in found if not cluster.is_settled] == [1, 1]


def test_one_member_is_one_however_often_they_ask(advisor):
    """A flood of one member's does not bury what two others want."""
    flood = [replace(q, member="one") for q in opened([f"umbrella bonus {n}" for n in range(50)])]
    wanted = opened(["can i bring my parrot", "may my parrot come along"])
    found = cluster_questions([*flood, *wanted], advisor.matcher)
    assert "parrot" in found[0].latest.text
    assert max(cluster.members for cluster in found if "umbrella" in cluster.latest.text) == 1
