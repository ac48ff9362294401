"""Everybody and everything that the access matrix needs, on an SQLite file that is put back after each act.

Ada and ben are in Ms Cole's class; Mr Drew and the head have classes of their own; the head also looks after
the service. Eve is in the class of Ms Frost, and nobody here has to do with either. Every name, essay, draft,
plan, reason and code is a text of its own, so that it can be searched for in what others are sent.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from flask import Flask
from sqlalchemy.orm import Session

from grader.report import Verdict
from models import Classroom, Prompt, RevealPolicy, User
from prompts import load_all
from services import accounts, catalogue, classrooms, drafts, review, scoring, submissions
from services.accounts import find_role
from services.resolution import rubric_order
from services.rubrics import rubric_of
from tests.integration.web.browsing import Browser
from tests.integration.web.conftest import NOON
from tests.integration.web.practice import ESSAY, SLUG
from web.accounts.passwords import hashed
from web.clock import now
from web.extensions import db
from web.upkeep import upgrade_tables

PHRASE = "correct horse battery staple"
"""Everybody's password in this world."""

SECOND_KEY = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
"""What every browser was shown on the page that switches the second step on."""

NOBODY = "nobody"
PEOPLE = (NOBODY, "guest", "ada", "ben", "cole", "drew", "head")
"""The columns of the matrix: a guest, a student, a classmate, her teacher, another teacher, the admin."""

NAMES = {
    "ada": ("ada.obrien", "Ada O’Brien-Nguyễn"),
    "ben": ("ben.stastny", "Ben Šťastný"),
    "cole": ("zoe.cole", "Ms Zoë Cole"),
    "drew": ("dang.drew", "Mr Đặng Drew"),
    "head": ("head.achebe", "Head Chinwe Achebe"),
    "eve": ("eve.ivanova", "Ева Иванова"),
    "frost": ("ruth.frost", "Ms Ruth Frost"),
    "gus": ("gus.oneill", "Gus O’Neill"),
    "hal": ("hal.garcia", "Hal García"),
}
TEACHERS = frozenset({"cole", "drew", "head", "frost"})


@dataclass(frozen=True)
class Mark:
    """A text that stands for somebody's work or name, and who may be sent it."""

    text: str
    may_see: frozenset[str]


@dataclass
class World:
    """The service with its people; references of what they have, and the texts to look for."""

    app: Flask
    file: Path
    saved: Path
    uniquifiers: dict[str, str] = field(default_factory=dict)
    essays: dict[str, str] = field(default_factory=dict)
    classes: dict[str, str] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    marks: list[Mark] = field(default_factory=list)

    def browser(self, who: str) -> Browser:
        """Return a browser in which somebody is signed in, or nobody."""
        client = self.app.test_client()
        assert isinstance(client, Browser)
        if who != NOBODY:
            with client.session_transaction() as session:
                session["_user_id"], session["_fresh"] = self.uniquifiers[who], True
                session["new-second-key"] = SECOND_KEY
                session.permanent = who == "guest"
        return client

    def put_back(self) -> None:
        """Undo everything that was done since the world was made."""
        with self.app.app_context():
            db.engine.dispose()
        for ending in ("-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        shutil.copy(self.saved, self.file)

    def foreign_texts(self, who: str) -> list[str]:
        """Return the texts that somebody must not be sent."""
        return [mark.text for mark in self.marks if who not in mark.may_see]


def make_world(app: Flask, folder: Path) -> World:
    """Make everybody and everything, once."""
    world = World(app, folder / "markscheme.sqlite3", folder / "saved.sqlite3")
    with app.app_context():
        upgrade_tables()
        password_hash = hashed(PHRASE)
        catalogue.sync_prompts(db.session, units=load_all(), now=NOON)
        _Maker(db.session, world, password_hash).make()
        db.session.commit()
        db.engine.dispose()
    shutil.copy(world.file, world.saved)
    return world


class _Maker:
    def __init__(self, session: Session, world: World, password_hash: str) -> None:
        self.session, self.world, self.hash = session, world, password_hash
        self.prompt: Prompt = catalogue.find_prompt(session, slug=SLUG)
        self.users: dict[str, User] = {}
        self.rooms: dict[str, Classroom] = {}

    def make(self) -> None:
        self._make_people()
        for teacher, students in CLASSES.items():
            self._make_class(teacher, students)
        for name, who in PRACTICE.items():
            self._hand_in(name, who, None)
        for name, (who, teacher) in CLASS_WORK.items():
            self._hand_in(name, who, self.rooms[teacher])
        self._review()
        for who in ("guest", "ada", "ben", "cole", "drew", "head", "eve"):
            self._leave_a_draft(who)
        self._invite()

    def _make_people(self) -> None:
        for key, (username, display_name) in NAMES.items():
            make: Callable[..., User] = accounts.create_teacher if key in TEACHERS else accounts.register
            user = make(
                self.session, username=username, display_name=display_name, password_hash=self.hash, now=NOON
            )
            self._remember(key, user)
            for text in (username, display_name):
                self._mark(text, MAY_KNOW.get(key, frozenset()) | {key})
        self.users["head"].roles.append(find_role(self.session, "admin"))
        self._remember("guest", accounts.create_guest(self.session, now=NOON))
        self._mark(self.users["guest"].username, frozenset())

    def _remember(self, key: str, user: User) -> None:
        self.users[key] = user
        self.world.uniquifiers[key] = user.fs_uniquifier
        self._mark(user.fs_uniquifier, frozenset())
        if user.password:
            self._mark(user.password, frozenset())

    def _make_class(self, teacher: str, students: tuple[str, ...]) -> None:
        name = f"Class of {teacher} (История)"
        room = classrooms.create_classroom(
            self.session,
            teacher=self.users[teacher],
            name=name,
            now=NOON,
            reveal_policy=RevealPolicy.ON_REQUEST,
        )
        for student in students:
            classrooms.join(self.session, student=self.users[student], code=room.join_code, now=NOON)
        self.rooms[teacher], self.world.classes[teacher] = room, room.ref
        self.world.codes[teacher] = room.join_code
        self._mark(name, frozenset({teacher, *students}))
        self._mark(room.ref, frozenset({teacher, *students}))
        self._mark(room.join_code, frozenset({teacher}))

    def _hand_in(self, name: str, who: str, room: Classroom | None) -> None:
        text = f"{ESSAY}\n\nThis is the essay called {name}, déjà vu."
        submission = submissions.submit(
            self.session, student=self.users[who], prompt=self.prompt, essay=text, submit_key=name, now=NOON,
            classroom=room, short_confirmed=True,
        )  # fmt: skip
        scoring.score_submission(self.session, submission=submission, now=NOON)
        teacher = frozenset({t for t, r in self.rooms.items() if r is room})
        self.world.essays[name] = submission.ref
        self._mark(f"the essay called {name}", teacher | {who})
        self._mark(submission.ref, teacher | {who})

    def _review(self) -> None:
        submission = submissions.find_submission(self.session, ref=self.world.essays["ada's in class"])
        key = rubric_order(rubric_of(submission.prompt_version))[0]
        teacher = self.users["cole"]
        for verdict in (Verdict.MISS, Verdict.HIT):
            review.decide_point(
                self.session, submission=submission, teacher=teacher, key=key, verdict=verdict,
                reason="A reason for ada alone: naïveté.", comment="A comment for ada alone: 好.", now=NOON,
            )  # fmt: skip
        review.give_mark(
            self.session,
            submission=submission,
            teacher=teacher,
            mark=5,
            comment="A word on ada’s whole.",
            now=NOON,
        )
        for text in ("A reason for ada alone", "A comment for ada alone", "A word on ada’s whole"):
            self._mark(text, frozenset({"ada", "cole"}))

    def _leave_a_draft(self, who: str) -> None:
        text, plan = f"{ESSAY}\n\nThe draft of {who}.", f"The plan of {who}."
        drafts.save_draft(
            self.session, student=self.users[who], prompt=self.prompt, text=text, plan=plan, seen_revision=0,
            now=NOON,
        )  # fmt: skip
        self._mark(f"The draft of {who}", frozenset({who}))
        self._mark(plan, frozenset({who}))

    def _invite(self) -> None:
        for name in ("live", "spent"):
            self.world.tokens[name] = accounts.invite_teacher(self.session, now=now(), from_console=True)
        invitation = accounts.find_invitation(self.session, token=self.world.tokens["spent"], now=now())
        invitation.used_at = NOON

    def _mark(self, text: str, may_see: frozenset[str]) -> None:
        self.world.marks.append(Mark(text, may_see))


CLASSES: Mapping[str, tuple[str, ...]] = {
    "cole": ("ada", "ben"), "drew": ("gus",), "head": ("hal",), "frost": ("eve",),
}  # fmt: skip

MAY_KNOW: Mapping[str, frozenset[str]] = {
    "ada": frozenset({"cole"}), "ben": frozenset({"cole"}), "cole": frozenset({"ada", "ben"}),
    "gus": frozenset({"drew"}), "hal": frozenset({"head"}),
}  # fmt: skip
"""Whose name may be sent to whom, besides themselves."""

PRACTICE = {
    "guest's own": "guest", "ada's own": "ada", "ben's own": "ben", "cole's own": "cole",
    "drew's own": "drew", "head's own": "head", "eve's own": "eve",
}  # fmt: skip

CLASS_WORK = {
    "ada's in class": ("ada", "cole"), "ben's in class": ("ben", "cole"), "gus's in class": ("gus", "drew"),
    "hal's in class": ("hal", "head"), "eve's in class": ("eve", "frost"),
}  # fmt: skip

IN_OWN_CLASS = {"cole": "ben's in class", "drew": "gus's in class", "head": "hal's in class"}


def essay_of(world: World, who: str, whose: str, *, to_review: bool) -> str | None:
    """Return the reference of the essay that a cell is about, or None where there is no such thing."""
    if whose == "class's":
        return world.essays["ada's in class"]
    if whose == "stranger's":
        return world.essays["eve's own"]
    if to_review and who in IN_OWN_CLASS:
        return world.essays[IN_OWN_CLASS[who]]
    return world.essays.get(f"{who}'s own")


def class_of(world: World, who: str, whose: str) -> str | None:
    """Return the reference of the class that a cell is about, or None where there is no such thing."""
    teacher = {"class's": "cole", "stranger's": "frost"}.get(whose, who)
    return world.classes.get(teacher)
