"""The caretaker: a thread beside the server that marks what still waits, makes the backups that are due and
takes away what the school keeps no longer.

Whatever breaks one of its rounds is logged and does not end it; a round that never comes shows in `/readyz`
and in the metrics. An essay whose marking fails is tried again after ever longer pauses, so that one that
cannot be marked holds nothing up.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from flask import Flask
from structlog import get_logger

from models import Submission
from models.sqlite import begin_reading
from services import catalogue, scoring
from web import backing_up, flows, retention
from web.clock import now
from web.extensions import db

ROUND_SECONDS = 3.0
STUCK_AFTER = 120.0
"""Seconds without a round after which the caretaker counts as stuck; marking a full batch takes a few."""

GRACE = timedelta(seconds=10)
"""An essay this young is being marked by the request that brought it."""

FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
_BATCH = 20

log = get_logger(__name__)


@dataclass(slots=True)
class Patience:
    """Which essays could not be marked, how often that was tried, and when each may be tried again."""

    tries: dict[int, int] = field(default_factory=dict)
    not_before: dict[int, datetime] = field(default_factory=dict)

    def failed(self, number: int, at: datetime) -> None:
        """Note a failure; each pause is twice as long as the one before."""
        self.tries[number] = tries = self.tries.get(number, 0) + 1
        self.not_before[number] = at + min(FIRST_PAUSE * 2 ** min(tries - 1, 20), LONGEST_PAUSE)

    def marked(self, number: int) -> None:
        """Forget an essay that is marked."""
        self.tries.pop(number, None)
        self.not_before.pop(number, None)

    def resting(self, at: datetime) -> set[int]:
        """Return the essays whose pause is not over."""
        return {number for number, moment in self.not_before.items() if moment > at}


class Caretaker:
    """Makes its rounds in a thread of its own, from `start` to `stop`."""

    def __init__(self, app: Flask, *, every: float = ROUND_SECONDS) -> None:
        self._app, self._every = app, every
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._work, name="caretaker", daemon=True)
        self._patience = Patience()
        self._last_round = monotonic()
        app.extensions["caretaker"] = self

    def start(self) -> None:
        """Begin at once: what a crash left unmarked is not kept waiting."""
        self._thread.start()

    def stop(self, timeout: float = 5.0) -> None:
        """Let the present step end, and make no further one."""
        self._stopped.set()
        self._thread.join(timeout)

    @property
    def idle_seconds(self) -> float:
        """How long ago the last round, or step of one, ended."""
        return monotonic() - self._last_round

    def make_round(self, *, grace: timedelta = GRACE) -> None:
        """Mark what waits, then back up and tidy up if it is due; what breaks does not keep the rest."""
        self._step(lambda: self._mark_waiting(grace))
        self._step(lambda: backing_up.back_up_if_due(self._app))
        self._step(lambda: retention.expire_if_due(self._app))

    def _work(self) -> None:
        self._step(self._warm_up)
        self.make_round(grace=timedelta(0))
        while not self._stopped.wait(self._every):
            self.make_round()

    def _step(self, work: Callable[[], object]) -> None:
        try:
            with self._app.app_context():
                work()
        except Exception as error:  # it must live on: a full disk may have room again in a minute
            log.error("caretaker", exc_info=error)
        self._last_round = monotonic()

    def _warm_up(self) -> None:
        """Build every scorer ahead of the first essay, whose writer would wait seconds for it otherwise."""
        begin_reading(db.session)
        for prompt in catalogue.current_prompts(db.session):
            scoring.scorer_for(prompt.current_version)

    def _mark_waiting(self, grace: timedelta) -> None:
        while not self._stopped.is_set():
            waiting = self._waiting(now(), grace)
            for number, submission in waiting:
                self._mark(number, submission)
            if len(waiting) < _BATCH:
                return

    def _waiting(self, at: datetime, grace: timedelta) -> list[tuple[int, Submission]]:
        db.session.rollback()
        begin_reading(db.session)
        before = at - grace if grace else None
        resting = self._patience.resting(at)
        found = scoring.pending(db.session, limit=_BATCH, besides=resting, before=before)
        return [(submission.id, submission) for submission in found]

    def _mark(self, number: int, submission: Submission) -> None:
        if self._stopped.is_set():
            return
        if flows.score(db.session, submission=submission, now=now()):
            self._patience.marked(number)
        else:
            self._patience.failed(number, now())
        self._last_round = monotonic()
