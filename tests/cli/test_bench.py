"""Figures beside their bars."""

import pytest

from cli import bench
from cli.bench_diagnosis import HOSTILE, MEGABYTE
from cli.bench_row import TOLERANCE, Row


@pytest.mark.parametrize(
    ("row", "excess", "broken"),
    [
        pytest.param(Row("x", 4, "ms", 5), -0.2, False, id="under a maximum"),
        pytest.param(Row("x", 6, "ms", 5), 0.2, False, id="over it, within the tolerance"),
        pytest.param(Row("x", 10, "ms", 5), 1.0, True, id="far over it"),
        pytest.param(Row("x", 60, "MB/s", 30, at_least=True), -0.5, False, id="over a minimum"),
        pytest.param(Row("x", 15, "MB/s", 30, at_least=True), 1.0, True, id="under it"),
        pytest.param(Row("x", 1e9, "MB"), 0.0, False, id="no bar at all"),
        pytest.param(Row("x", 0, "MB/s", 30, at_least=True), pytest.approx(30e9), True, id="nothing at all"),
    ],
)
def test_a_bar_is_broken_beyond_the_tolerance(row, excess, broken):
    assert row.excess == pytest.approx(excess)
    assert row.broken is broken
    assert (row.excess > TOLERANCE) is broken


@pytest.mark.parametrize(
    ("row", "words"),
    [
        pytest.param(Row("asset", 1.5, "MB", 2), "≤ 2 MB", id="a maximum that holds"),
        pytest.param(Row("speed", 20, "MB/s", 30, at_least=True), "≥ 30 MB/s  MISSED", id="a minimum that does not"),
    ],
)
def test_a_figure_is_printed_beside_its_bar(row, words, capsys):
    assert list(bench._shown([row])) == [row]
    assert words in capsys.readouterr().out


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_texts_are_a_megabyte(name):
    assert 0.9 * MEGABYTE <= len(HOSTILE[name]) <= 1.2 * MEGABYTE
