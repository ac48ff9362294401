"""The measures that the benches on public data print, against values worked out by hand."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import numpy as np
import pytest

from bench.curve_picture import Curve, draw
from bench.public import average_precision, macro_f1


def test_macro_f1_is_the_mean_over_both_classes() -> None:
    human, machine = np.array([True, True, False, False]), np.array([True, False, False, False])
    assert macro_f1(human, machine) == pytest.approx((2 / 3 + 4 / 5) / 2)


def test_average_precision_counts_the_precision_at_each_hit() -> None:
    assert average_precision([1, 0, 1]) == pytest.approx((1 + 2 / 3) / 2)


@pytest.mark.parametrize("labels", [[], [0, 0]])
def test_average_precision_without_a_hit_is_nought(labels: list[int]) -> None:
    assert average_precision(labels) == 0.0


def test_the_picture_is_xml_with_a_line_for_each_curve_and_its_figures() -> None:
    picture = draw(
        [Curve("a < b", [(0, 0.25), (40, 0.5)]), Curve("c", [(0, 0.1), (40, 1.0)])], "answers & more"
    )
    root = ET.fromstring(picture)
    assert len(root.findall("{http://www.w3.org/2000/svg}polyline")) == 2
    words = {text.text for text in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"a < b", "c", "0.25", "1.00", "answers & more"} <= words
