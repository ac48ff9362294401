"""A model answer has to earn every mark of its own rubric, and an attack that earns marks is a fault."""

from __future__ import annotations

from dataclasses import dataclass, replace

from grader.attacks import build_attacks
from grader.attacks.rehearsal import attack_faults, model_answer_faults
from grader.attacks.trial import try_attacks
from grader.errors import EssayRefused
from grader.report import CREDIT, Advisory, NearMiss, PointReport, ScoreReport, Span, Verdict
from grader.rubric import Prompt
from grader.rubric.parsing import parse_prompt
from tests.rubric_tables import prompt_table, sound_unit

ANSWER = "Fáelán’s monks lost their gold. Camps became towns."
NEAR = NearMiss(Span(0, 31), ("what they came in",))


@dataclass
class FakeScorer:
    """Gives every essay the same verdicts, by key point; hits where none is named."""

    verdicts: dict[str, Verdict]
    advisories: tuple[Advisory, ...] = ()

    def score(self, essay: str) -> ScoreReport:
        points = tuple(
            self._point(key, self.verdicts.get(key, Verdict.HIT))
            for key in ("v1-ships", "v2-monks", "v3-dublin")
        )
        score = sum(point.credit for point in points)
        return ScoreReport("q", score, 3.0, 8, points, (), (), None, self.advisories, (), "")

    def _point(self, key: str, verdict: Verdict) -> PointReport:
        near = NEAR if verdict is Verdict.PARTIAL else None
        return PointReport(key, verdict, CREDIT[verdict], 0.9, (), near)


class RefusingScorer:
    def score(self, essay: str) -> ScoreReport:
        raise EssayRefused("too-long", "This text is too long.")


def question(answer: str = ANSWER, **changes: object) -> Prompt:
    table = prompt_table() | {"model_answer": answer} | changes
    return parse_prompt(table, unit=sound_unit(), file="q.toml", slug="vikings-impact")


def test_an_answer_that_makes_every_point_has_no_fault() -> None:
    assert model_answer_faults(question(), FakeScorer({})) == ()


def test_a_question_without_a_model_answer_has_no_fault() -> None:
    assert model_answer_faults(replace(question(), model_answer=""), RefusingScorer()) == ()


def test_each_point_that_is_not_made_is_named_with_its_hint_and_what_it_lacks() -> None:
    found = model_answer_faults(
        question(), FakeScorer({"v1-ships": Verdict.PARTIAL, "v3-dublin": Verdict.CONTRADICTED})
    )
    ships, dublin = (reason.split(":")[0] for reason in found)
    assert ships.startswith(
        '"v1-ships" (How did they travel?) is read as partly made in "Fáelán’s monks lost'
    )
    assert ships.endswith('", which lacks what they came in')
    assert dublin == '"v3-dublin" (What remained?) is read as differing from the notes'
    assert found[0].endswith("make the point there, or add the answer’s wording to its accept phrasings")


def test_an_advisory_on_the_model_answer_is_a_fault() -> None:
    advisory = Advisory("word-list", "These words are a list.")
    assert model_answer_faults(question(), FakeScorer({}, (advisory,))) == (
        "These words are a list. (word-list)",
    )


def test_a_model_answer_that_cannot_be_marked_says_why() -> None:
    assert model_answer_faults(question(), RefusingScorer()) == ("This text is too long.",)


def test_a_point_that_an_any_group_can_do_without_may_be_left_out() -> None:
    one_of_two = question(marks=2, any=[{"count": 1, "key_points": ["v1-ships", "v2-monks"]}])
    assert model_answer_faults(one_of_two, FakeScorer({"v2-monks": Verdict.MISS})) == ()
    neither = FakeScorer({"v1-ships": Verdict.MISS, "v2-monks": Verdict.MISS})
    assert len(model_answer_faults(one_of_two, neither)) == 2


def test_an_attack_that_is_paid_for_is_a_fault_with_its_reason_and_a_remedy() -> None:
    prompt = question()
    generous = FakeScorer({"v2-monks": Verdict.MISS, "v3-dublin": Verdict.MISS})
    ((kind, reason),) = attack_faults(try_attacks(build_attacks(prompt)[:1], generous, prompt.max_score))
    assert kind == "word-list"
    assert reason == (
        '"the terms of every key point" earns 1 of 3 marks, and a fair marker gives at most 0, '
        "since words in a list say nothing about each other (credited: v1-ships): "
        "write phrasings as whole sentences, and essentials of more than one group"
    )


def test_attacks_that_are_held_are_no_fault() -> None:
    prompt = question()
    stern = FakeScorer(dict.fromkeys(prompt.marks, Verdict.MISS))
    assert not list(attack_faults(try_attacks(build_attacks(prompt), stern, prompt.max_score)))


def test_a_long_list_of_credited_points_is_cut() -> None:
    prompt = question()
    (outcome,) = try_attacks(build_attacks(prompt)[:1], FakeScorer({}), prompt.max_score)
    many = replace(outcome, credited=tuple(f"p{n}" for n in range(9)))
    ((_, reason),) = attack_faults([many])
    assert "(credited: p0, p1, p2, p3, p4, p5 and 3 more)" in reason
