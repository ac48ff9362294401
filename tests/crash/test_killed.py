"""Killed at any moment, the server loses nothing that it has acknowledged, and finishes what it had begun."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.crash.killing import kill_again_and_again

ROUNDS = 3  # `make soak` makes a hundred


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_when_the_server_is_killed(tmp_path: Path) -> None:
    toll = kill_again_and_again(tmp_path / "data", rounds=ROUNDS, seed=20260302)
    assert toll.faults == ()
    assert set(toll.answers) <= {200, 303, 409}
    assert toll.saves > 20
    assert toll.essays > 10
    assert toll.stored["submission"] == toll.essays
