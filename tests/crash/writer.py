"""A student who writes, saves and hands in without end, and remembers what the server has acknowledged.

What was sent without an answer is sent again, unchanged, as the pages do; what was acknowledged has to be
there.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random

from tests.crash.visiting import Answer, Lost, Visitor
from tests.integration.web.practice import ESSAY

_FORM = re.compile(r'data-draft="(\d+)" data-revision="(\d+)"')
SLUGS = ("economic-reforms-impact", "reform-motives", "secret-speech-motives")
HAND_IN = 0.2
"""How often a step hands in; the other steps save."""


@dataclass(frozen=True, slots=True)
class Essay:
    """An essay on its way in: what the form carries."""

    text: str
    attempt: str
    revision: int


@dataclass(slots=True)
class Ledger:
    """What was acknowledged, and what was sent without an answer."""

    handed_in: dict[str, str] = field(default_factory=dict)  # text -> reference
    on_its_way: Essay | None = None
    draft: str | None = None
    maybe_drafts: set[str] = field(default_factory=set)
    answers: Counter[int] = field(default_factory=Counter)
    surprises: list[str] = field(default_factory=list)
    saves: int = 0
    lost: int = 0


class Writer:
    """One student at one question."""

    def __init__(self, name: str, port: int, chance: Random, *, padding: int = 0) -> None:
        self.name, self.slug = name, chance.choice(SLUGS)
        self.ledger = Ledger()
        self._visitor, self._chance, self._padding = Visitor(port), chance, padding
        self._entered = self._at_desk = False
        self._attempt, self._revision, self._texts = "1", 0, 0

    @property
    def is_waiting(self) -> bool:
        """Whether an essay was sent and nothing came back yet."""
        return self.ledger.on_its_way is not None

    def leave(self) -> None:
        """Close the browser."""
        self._visitor.close()

    def step(self) -> None:
        """Do the next thing; an answer that does not come is noted, and tried for again in the next step."""
        try:
            self._next_act()
        except Lost:
            self.ledger.lost += 1

    def _next_act(self) -> None:
        if not self._entered:
            self._enter()
        elif self.ledger.on_its_way is not None:
            self._send(self.ledger.on_its_way)
        elif not self._at_desk:
            self._sit_down()
        elif self._chance.random() < HAND_IN:
            self._send(Essay(self.ledger.draft or self._new_text(), self._attempt, self._revision))
        else:
            self._save(self._new_text())

    def _new_text(self) -> str:
        self._texts += 1
        more = "\n\nThe farms went on as before. " * self._padding
        return f"{ESSAY}{more}\n\nThis is version {self._texts} by {self.name}."

    def _enter(self) -> None:
        self._visitor.get("/")
        answer = self._noted(self._visitor.post("/start", {"slug": self.slug}))
        self._entered = answer.status == 303

    def _sit_down(self) -> None:
        answer = self._noted(self._visitor.get(f"/questions/{self.slug}/write"))
        if found := _FORM.search(answer.text):
            self._attempt, self._revision, self._at_desk = found[1], int(found[2]), True
        elif answer.status < 500:
            self.ledger.surprises.append(f"{self.name} got {answer.status} {answer.location} for the desk")

    def _save(self, text: str) -> None:
        ledger = self.ledger
        ledger.maybe_drafts.add(text)
        body = {"text": text, "plan": "", "revision": self._revision}
        answer = self._noted(self._visitor.put(f"/questions/{self.slug}/draft", body))
        if answer.status == 200:
            ledger.draft, ledger.saves = text, ledger.saves + 1
            ledger.maybe_drafts.clear()
            self._revision, self._attempt = answer.data["revision"], answer.data["draft"]
        elif answer.status == 409:
            self._look_at(answer)
        elif answer.status < 500:
            ledger.surprises.append(f"{self.name} got {answer.status} for a save")

    def _look_at(self, conflict: Answer) -> None:
        """Go on from the stored text where it is our own, whose acknowledgement was lost."""
        theirs = conflict.data["theirs"]
        if theirs["text"] not in self.ledger.maybe_drafts:
            self.ledger.surprises.append(f"{self.name} is told of a text of somebody else")
        self._revision = theirs["revision"]

    def _send(self, essay: Essay) -> None:
        self.ledger.on_its_way = essay
        fields = {"essay": essay.text, "plan": "", "revision": str(essay.revision), "attempt": essay.attempt}
        answer = self._noted(self._visitor.post(f"/questions/{self.slug}/submit", fields))
        if answer.status == 303 and answer.location.startswith("/submissions/"):
            self._handed_in(essay, answer.location.removeprefix("/submissions/"))
        elif answer.status >= 500:
            self._check_text_is_kept(essay, answer)
        else:
            self.ledger.surprises.append(f"{self.name} got {answer.status} {answer.location} for an essay")

    def _handed_in(self, essay: Essay, ref: str) -> None:
        ledger = self.ledger
        ledger.handed_in[essay.text] = ref
        ledger.on_its_way = ledger.draft = None
        self._at_desk = False
        answer = self._noted(self._visitor.get(f"/submissions/{ref}"))
        if answer.status >= 400 and answer.status < 500:
            ledger.surprises.append(f"{self.name} got {answer.status} for feedback")

    def _check_text_is_kept(self, essay: Essay, answer: Answer) -> None:
        if f"by {self.name}." not in answer.text or "Send it again" not in answer.text:
            self.ledger.surprises.append(
                f"{self.name} got {answer.status} without the text of {essay.attempt}"
            )

    def _noted(self, answer: Answer) -> Answer:
        self.ledger.answers[answer.status] += 1
        return answer
