"""What feedback says at each stage: verdicts and evidence always, key points only once revealed."""

from __future__ import annotations

import pytest

from grader.feedback import Audience, Decision, Feedback, FeedbackRow, SetAsideNote, Stage
from grader.feedback.building import Marking, build_feedback
from grader.report import (
    Advisory,
    ArgumentSignal,
    Clash,
    NearMiss,
    ScoreReport,
    SetAside,
    SideReport,
    Span,
    Verdict,
)
from grader.rubric import AnyGroup, Prompt
from tests.factories import make_point, make_report, make_rubric
from tests.leaks import Secrets

RUBRIC = make_rubric()
ESSAY = "Light drives the reaction. In 1965 it was measured.\n\nPlants drink. On balance light wins."
FIRST, SECOND, THIRD = Span(0, 26), Span(27, 51), Span(53, 66)

REPORT = make_report(
    RUBRIC,
    {
        "a-point": make_point("a-point", Verdict.HIT, evidence=(FIRST,)),
        "b-point": make_point(
            "b-point", Verdict.CONTRADICTED, evidence=(SECOND,), clash=Clash("date", "1965", "1956")
        ),
        "c-point": make_point(
            "c-point",
            Verdict.PARTIAL,
            evidence=(THIRD,),
            near_miss=NearMiss(THIRD, ("what they drink", "how they drink")),
        ),
        "d-point": make_point("d-point", Verdict.MISS, near_miss=NearMiss(THIRD, ("what d acts on",))),
    },
)


def told(
    stage: Stage, report: ScoreReport | None = REPORT, audience: Audience = Audience.STUDENT
) -> Feedback:
    return build_feedback(Marking(RUBRIC, ESSAY, 16, report), stage, audience=audience)


def rows(stage: Stage = Stage.DRAFT) -> tuple[FeedbackRow, ...]:
    return told(stage).rows


def test_before_handing_in_there_is_no_feedback() -> None:
    with pytest.raises(ValueError, match="before the first submission"):
        told(Stage.BEFORE)


def test_a_draft_shows_hints_and_no_secret_of_the_rubric() -> None:
    secrets = Secrets.of(RUBRIC)
    assert secrets.found_in(repr(told(Stage.DRAFT)), written=ESSAY) == ()
    assert [row.title for row in rows()] == [point.hint for point in RUBRIC.key_points]


def test_the_card_to_revise_is_named_and_its_line_is_not() -> None:
    assert {(row.card_number, row.card_title, row.card_line) for row in rows()} == {
        (1, "Light", ""),
        (2, "Water", ""),
    }


def test_once_revealed_rows_carry_the_key_point_and_its_line_of_the_notes() -> None:
    first = rows(Stage.REVEALED)[0]
    assert first.title == RUBRIC.key_points[0].text
    assert first.card_line == "Line one of the card on light."


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.REVEALED])
def test_ids_and_confidence_are_for_teachers(stage: Stage) -> None:
    assert {(row.key, row.confidence) for row in rows(stage)} == {("", None)}
    shown = told(stage, audience=Audience.TEACHER).rows[0]
    assert (shown.key, shown.confidence) == ("a-point", 0.8)


def test_every_row_says_what_was_found_and_why_it_earns_what_it_earns() -> None:
    made, differs, part, near = rows()
    assert (made.made_sentence, made.explanation) == ("Light drives the reaction.", "This makes the point.")
    assert differs.clash == differs.explanation == "You wrote 1965; the notes say 1956."
    assert part.explanation == "This makes part of the point. It lacks: what they drink and how they drink."
    assert (near.near_miss, near.explanation) == (
        "Plants drink.",
        "Close, but not yet the point. It lacks: what d acts on.",
    )
    assert [row.earned for row in rows()] == [1.0, 0.0, 0.5, 0.0]


def test_a_point_that_nothing_comes_near_is_not_found() -> None:
    row = told(Stage.DRAFT, make_report(RUBRIC)).rows[0]
    assert (row.explanation, row.made_sentence, row.near_miss) == ("Not found.", "", "")


def test_a_teachers_decision_names_the_teacher_the_reason_and_what_the_machine_said() -> None:
    decision = Decision("Ms Zoë Cole", Verdict.HIT, Verdict.MISS, "It is in the last line.", "Good.")
    marking = Marking(RUBRIC, ESSAY, 16, REPORT, {"a-point": decision})
    row = build_feedback(marking, Stage.DRAFT).rows[0]
    assert row.decided_by_teacher
    assert (row.decided_by, row.machine_verdict) == ("Ms Zoë Cole", Verdict.MISS)
    assert (row.reason, row.comment) == ("It is in the last line.", "Good.")


def test_a_verdict_that_only_the_teacher_found_says_so() -> None:
    decision = Decision("Ms Zoë Cole", Verdict.HIT, Verdict.MISS, "Between the lines.")
    report = make_report(RUBRIC, {"a-point": Verdict.HIT})
    row = build_feedback(Marking(RUBRIC, ESSAY, 16, report, {"a-point": decision}), Stage.DRAFT).rows[0]
    assert row.explanation == "Ms Zoë Cole decided this."


def test_the_arithmetic_adds_up_to_the_score() -> None:
    feedback = told(Stage.DRAFT)
    assert [(line.label, line.marks) for line in feedback.arithmetic] == [
        ("light: 1 made of 2", 1.0),
        ("water: 0 made and 1 in part of 2", 0.5),
    ]
    assert sum(line.marks for line in feedback.arithmetic) == feedback.score == 1.5


def test_the_arithmetic_shows_what_an_any_group_does_not_count() -> None:
    rubric = make_rubric(any_groups=(AnyGroup(1, ("a-point", "b-point", "c-point")),))
    report = make_report(rubric, {"a-point": Verdict.HIT, "b-point": Verdict.HIT, "c-point": Verdict.PARTIAL})
    feedback = build_feedback(Marking(rubric, ESSAY, 16, report), Stage.DRAFT)
    assert feedback.arithmetic[-1].label == "only the best 1 of points 1, 2 and 3 count"
    assert sum(line.marks for line in feedback.arithmetic) == feedback.score == 1.0


def test_while_awaiting_the_essay_is_there_and_no_figure_is_claimed() -> None:
    feedback = told(Stage.DRAFT, None)
    assert feedback.awaiting
    assert (feedback.rows, feedback.arithmetic) == ((), ())
    assert [segment.text for segment in feedback.segments] == ESSAY.split("\n\n")


def test_evidence_is_marked_in_the_essay_with_the_rows_number() -> None:
    first = told(Stage.DRAFT).paragraphs[0][0]
    assert (first.text, first.numbers, first.starts) == ("Light drives the reaction.", (1,), (1,))


# --- the one next step -------------------------------------------------------------------------------------

NO_JUDGEMENT = ArgumentSignal("judgement", False, "End with a judgement.")
ALL = dict.fromkeys((point.id for point in RUBRIC.key_points), Verdict.HIT)


def step(report: ScoreReport, rubric: Prompt = RUBRIC) -> str:
    return build_feedback(Marking(rubric, ESSAY, 16, report), Stage.DRAFT).next_step


def test_first_of_all_a_flag_is_mended() -> None:
    report = make_report(RUBRIC, ALL, level=None, advisories=(Advisory("copied", "It stands in the notes."),))
    assert step(report) == "Say it in your own words: passages copied from the notes are not marked."


def test_a_flag_that_nobody_knows_goes_to_the_teacher() -> None:
    report = make_report(RUBRIC, level=None, advisories=(Advisory("odd", "Something is odd."),))
    assert step(report).startswith("Ask your teacher")


def test_then_what_differs_from_the_notes_is_put_right() -> None:
    assert step(REPORT) == "Put point 2 right first: you wrote 1965; the notes say 1956."


def test_then_a_half_point_is_completed() -> None:
    report = make_report(RUBRIC, {"c-point": REPORT.point("c-point")})
    assert step(report) == "Complete point 3: it lacks what they drink."


def test_then_the_thinner_side_is_strengthened() -> None:
    report = make_report(RUBRIC, {"a-point": Verdict.HIT, "b-point": Verdict.HIT})
    assert step(report) == "Strengthen the side “water”: revise card 2, “Water”."


def test_then_a_judgement_is_added() -> None:
    assert step(make_report(RUBRIC, ALL, signals=(NO_JUDGEMENT,))).startswith("End with a judgement")


def test_then_the_closest_near_miss_is_turned_into_the_point() -> None:
    near = make_point("a-point", near_miss=NearMiss(THIRD, ("what a acts on",)))
    report = make_report(RUBRIC, {"a-point": near})
    assert step(report) == "You nearly make point 1 with “Plants drink.”: it lacks what a acts on."


def test_then_an_open_point_and_its_card_are_named() -> None:
    report = make_report(RUBRIC)
    assert step(report) == "Point 1 is still open: revise card 1, “Light”, and add it."


def test_a_half_point_without_a_known_gap_is_sent_to_its_card() -> None:
    report = make_report(RUBRIC, dict.fromkeys(ALL, Verdict.PARTIAL))
    assert step(report) == "Point 1 is made in part: revise card 1, “Light”, and complete it."


def test_when_everything_is_made_the_argument_is_what_is_left() -> None:
    assert step(make_report(RUBRIC, ALL)).startswith("You make every key point")


# --- what was set aside ------------------------------------------------------------------------------------


def test_what_was_not_marked_is_quoted_once_for_each_reason() -> None:
    echo, copied = "These words only repeat the question.", "These words stand in the notes."
    report = make_report(
        RUBRIC,
        set_aside=(
            SetAside(0, 26, "echo", echo),
            SetAside(27, 51, "copied", copied),
            SetAside(53, 66, "echo", echo),
        ),
    )
    feedback = told(Stage.DRAFT, report)
    assert feedback.set_aside == (
        SetAsideNote(echo, "Light drives the reaction.", 1),
        SetAsideNote(copied, "In 1965 it was measured."),
    )
    assert [s.set_aside for s in feedback.segments if s.set_aside] == ["echo", "copied", "echo"]


def test_an_earlier_report_says_only_that_words_were_not_marked() -> None:
    feedback = told(Stage.DRAFT, make_report(RUBRIC, set_aside=(SetAside(0, 26),)))
    assert feedback.set_aside == (SetAsideNote("These words are not marked.", "Light drives the reaction."),)
    assert feedback.segments[0].set_aside


def test_a_teacher_is_never_addressed_as_the_writer() -> None:
    differs = told(Stage.REVEALED, audience=Audience.TEACHER).rows[1]
    assert differs.clash == differs.explanation == "The essay says 1965; the notes say 1956."


def test_sides_carry_the_reports_figures() -> None:
    side = told(Stage.DRAFT).sides[0]
    assert (
        SideReport(side.name, side.hits, side.partials, side.contradicted, side.points, side.coverage)
        == (REPORT.sides[0])
    )
