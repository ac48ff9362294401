"""The students of the bell, for locust: some hand in within ten seconds of it, others go on writing.

Run by `bench.bell` in a process of its own, since locust replaces Python's sockets and threads. When
everybody sits at a desk the bell rings; what was acknowledged, and how long each answer took, goes to the
file that BELL_REPORT names.
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from importlib.resources import files
from itertools import count
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, ClassVar

import gevent
from gevent.event import Event
from locust import FastHttpUser, constant, events, task

STUDENTS = int(os.environ["BELL_STUDENTS"])  # so many hand in, and as many go on writing
WITHIN = 10.0
"""Seconds after the bell within which everybody hands in."""

GIVE_UP = 120.0
SLUG = "economic-reforms-impact"
_TOKEN = re.compile(r'<meta name="csrf-token" content="([^"]+)">')
_FORM = re.compile(r'data-draft="(\d+)" data-revision="(\d+)"')
_AWAITING = "awaiting marking"

_numbers = count()
_chance = Random(20260302)


class Report:
    """What was seen; everything in seconds but the answers, in milliseconds."""

    answers: ClassVar[dict[str, list[float]]] = defaultdict(list)
    failures: ClassVar[list[str]] = []
    essays: ClassVar[dict[str, str]] = {}
    drafts: ClassVar[dict[str, str]] = {}
    feedback: ClassVar[list[float]] = []
    seated = saving = 0
    rung = Event()
    over = Event()


class Student(FastHttpUser):
    """Somebody at a desk."""

    abstract = True
    wait_time = constant(0)
    network_timeout = 60.0
    connection_timeout = 60.0

    def on_start(self) -> None:
        """Begin as a guest, and wait for the bell."""
        self.name = f"student {next(_numbers)}"
        self.headers: dict[str, str] = {}
        self.version = 0
        self.fetch("GET", "/", "home")
        self.fetch("POST", "/start", "start", expected=303, data={"slug": SLUG})
        page = self.fetch("GET", f"/questions/{SLUG}/write", "desk")
        found = _FORM.search(page.text or "")
        self.attempt, self.revision = (found[1], int(found[2])) if found else ("1", 0)
        Report.seated += 1
        if Report.seated == 2 * STUDENTS:
            Report.rung.set()
        Report.rung.wait(GIVE_UP)

    def text(self) -> str:
        """Return an essay that nobody else writes."""
        self.version += 1
        return f"{_ESSAYS[hash(self.name) % len(_ESSAYS)]}\n\nVersion {self.version} by {self.name}."

    def fetch(self, method: str, path: str, name: str, *, expected: int = 200, **sent: Any) -> Any:
        """Send a request, note its time, and complain where the status is not the one expected."""
        if "data" in sent:
            sent["data"] = {"csrf_token": self.headers.get("X-CSRFToken", ""), **sent["data"]}
        with self.client.request(
            method, path, name=name, headers=self.headers, allow_redirects=False, catch_response=True, **sent
        ) as answer:
            if answer.status_code == expected:
                answer.success()
            else:
                answer.failure(f"{name}: {answer.status_code}")
            if token := _TOKEN.search(answer.text or ""):
                self.headers = {"X-CSRFToken": token[1]}
            return answer

    def save(self) -> None:
        """Save as the page does by itself."""
        text = self.text()
        body = {"text": text, "plan": "", "revision": self.revision}
        Report.saving += 1
        answer = self.fetch("PUT", f"/questions/{SLUG}/draft", "save", json=body)
        Report.saving -= 1
        if answer.status_code == 200:
            self.revision = answer.json()["revision"]
            Report.drafts[self.name] = text


class GoesOn(Student):
    """Goes on writing: a save every two to four seconds."""

    fixed_count = STUDENTS

    @task
    def write(self) -> None:
        """Write for a while, then save."""
        gevent.sleep(_chance.uniform(2, 4))
        if not Report.over.is_set():
            self.save()


class HandsIn(Student):
    """Hands in within ten seconds of the bell, and waits for the feedback."""

    fixed_count = STUDENTS

    @task
    def hand_in(self) -> None:
        """Hand in, read the feedback, and sit still."""
        gevent.sleep(_chance.uniform(0, WITHIN))
        pressed, text = monotonic(), self.text()
        fields = {"essay": text, "plan": "", "revision": str(self.revision), "attempt": self.attempt}
        answer = self.fetch("POST", f"/questions/{SLUG}/submit", "hand in", expected=303, data=fields)
        if answer.status_code == 303:
            Report.essays[text] = answer.headers["Location"].removeprefix("/submissions/")
            self.read_feedback(Report.essays[text], pressed)
        self.be_done()
        gevent.sleep(GIVE_UP)

    def read_feedback(self, ref: str, pressed: float) -> None:
        """Look at the page until it shows the marking."""
        while monotonic() - pressed < GIVE_UP:
            page = self.fetch("GET", f"/submissions/{ref}", "feedback")
            if page.status_code == 200 and _AWAITING not in (page.text or ""):
                Report.feedback.append(monotonic() - pressed)
                return
            gevent.sleep(1)

    done: ClassVar[int] = 0

    def be_done(self) -> None:
        """End it all when the last one is done."""
        HandsIn.done += 1
        if HandsIn.done == STUDENTS:
            Report.over.set()
            gevent.spawn(self.end_when_all_is_answered)

    def end_when_all_is_answered(self) -> None:
        """Let those who save hear the answers that they wait for, and end it all."""
        while Report.saving:
            gevent.sleep(0.1)
        self.environment.runner.quit()


def _note(name: str, response_time: float, exception: Exception | None, **_: Any) -> None:
    Report.answers[name].append(response_time)
    if exception is not None:
        Report.failures.append(str(exception))


def _write(**_: Any) -> None:
    found = {name: getattr(Report, name) for name in ("answers", "failures", "essays", "drafts", "feedback")}
    Path(os.environ["BELL_REPORT"]).write_text(json.dumps(found), encoding="utf-8")


def _essays() -> list[str]:
    corpus = (files("prompts") / "khrushchev" / "essays.jsonl").read_text(encoding="utf-8")
    return [row["text"] for row in map(json.loads, corpus.splitlines()) if row["prompt"] == SLUG]


_ESSAYS = _essays()
events.request.add_listener(_note)  # type: ignore[no-untyped-call]  # locust's own signature has no types
events.quitting.add_listener(_write)  # type: ignore[no-untyped-call]  # the same
