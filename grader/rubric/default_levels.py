"""The levels of response of a question that brings none of its own.

Generic descriptors in the manner of A-level mark schemes, in our own words. A level is reached from
a share of the marks for knowledge; signs of argument decide the rest (`grader.levels`).
"""

from __future__ import annotations

from grader.rubric import Level

_DESCRIPTORS = (
    "Says little that answers the question: single facts or general remarks, without an argument.",
    "Describes parts of the topic with some relevant facts; how they answer the question is left open.",
    "Explains several relevant points in some detail and answers the question, if unevenly or from one side.",
    "Argues throughout, weighs the sides with well-chosen detail, and comes to a judgement.",
    "Sustains a precise, balanced argument, judges how much each point matters, and concludes convincingly.",
)

DEFAULT_LEVELS = tuple(
    Level(place + 1, place / len(_DESCRIPTORS), descriptor) for place, descriptor in enumerate(_DESCRIPTORS)
)
