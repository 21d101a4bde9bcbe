"""Conversations and cooldown."""

from bot.dialogue.records import Conversation
from bot.exts.answers.memory import MAX_CONVERSATIONS, Conversations, Cooldown


class Clock:
    """A clock that a test turns."""

    now = 0.0

    def __call__(self) -> float:
        """The time."""
        return self.now


def test_conversations_are_forgotten_after_their_time():
    """Fifteen minutes later a question stands alone again."""
    clock = Clock()
    kept = Conversations(900, clock)
    kept[1, 2] = Conversation(entries=("a",))
    assert kept[1, 2].entries == ("a",)
    clock.now = 900
    assert kept[1, 2] == Conversation() == kept[1, 3]


def test_conversations_are_bounded():
    """The longest silent one goes first."""
    kept = Conversations(900, Clock())
    for number in range(MAX_CONVERSATIONS + 5):
        kept[number, None] = Conversation(entries=(str(number),))
    assert len(kept) == MAX_CONVERSATIONS
    assert kept[0, None] == Conversation()
    assert kept[5, None].entries == ("5",)


def test_the_cooldown_counts_each_member_alone():
    """Two questions in ten seconds; the next two wait for their turns, and no more than that."""
    clock = Clock()
    cooldown = Cooldown(2, 10, clock)
    assert [cooldown.wait(1) for _ in range(5)] == [0, 0, 10, 10, None]
    assert cooldown.wait(2) == 0
    clock.now = 9.5
    assert cooldown.wait(1) is None
    clock.now = 10
    assert [cooldown.wait(1) for _ in range(3)] == [10, 10, None]
    clock.now = 40
    assert cooldown.wait(1) == 0


def test_the_cooldown_forgets_members():
    """Memory does not grow with the number of members who ever asked."""
    clock = Clock()
    cooldown = Cooldown(1, 10, clock)
    for member in range(1000):
        cooldown.wait(member)
    clock.now = 21
    cooldown.wait(1000)
    assert len(cooldown._turns) == 1
