"""A person at one of the preview's pages, who sees and presses through the page's own HTTP, as its script does."""

import json
import random
import urllib.request

BUTTON = 2
QUESTIONS = ("what does a junior engineer earn", "and prompt engineers?", "which suits me", "pay in Germany", "hello")


class Person:
    """Opens the page. What is pressed is pressed on the page as it was last looked at."""

    def __init__(self, url: str) -> None:
        self._base, self._key = url.split("/#")
        self._context = None
        self.seen = self._call("pages", {})
        self._context = self.seen["context"]["id"]
        self._presses = 0

    def _call(self, path, body=None):
        headers = {"X-Simcord-Capability": self._key, "Content-Type": "application/json"}
        if self._context:
            headers["X-Simcord-Context"] = self._context
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self._base}/api/{path}", data, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=60) as response:  # noqa: S310
            return json.load(response)

    def look(self):
        self.seen = self._call("state")
        return self.seen

    def act(self, kind, **what):
        """Do something; the page's receipt for it."""
        self._presses += 1
        envelope = {
            "protocol_version": 3,
            "sequence": self._presses,
            "request_id": f"press-{self._presses}",
            "generation": self.seen["context"]["generation"],
            "bot_generation": self.seen["botGeneration"],
            "published_revision": self.seen["publishedRevision"],
        }
        receipt = self._call("action", {**envelope, "kind": kind, **what})
        if receipt["rejected"]:
            self._presses -= 1
        return receipt

    def ask(self, question):
        return self.act("send_message", content=question)

    def press(self, button):
        key = button["control_key"]
        return self.act("click", control_key=key, target_id=key.split(":")[1])

    def buttons(self):
        """The buttons in sight, the latest last."""
        messages = [self.seen["messages"][identity] for identity in self.seen["timeline"]]
        parts = [part for message in messages for part in message["components"]]
        for part in parts:
            parts.extend(part.get("components", ()))
        return [part for part in parts if part["type"] == BUTTON and part.get("custom_id") and not part["disabled"]]

    def texts(self):
        """Everything in sight that is written in messages."""
        return json.dumps([self.seen["messages"][identity] for identity in self.seen["timeline"]], ensure_ascii=False)

    def do_something(self, dice: random.Random):
        """Ask, or press a button that is in sight; the receipt."""
        buttons = self.buttons()[-12:]
        if buttons and dice.random() < 0.7:
            return self.press(dice.choice(buttons))
        return self.ask(dice.choice(QUESTIONS))


def completed(receipt):
    """Whether what was done came to its end, as the page would say it."""
    acknowledged = receipt["acknowledgement"] != "unacknowledged"
    return acknowledged and receipt["settlement"] == "settled" and not receipt["rejected"]
