import pytest

from cli.knowledge.signatures import Made, read_signatures


@pytest.mark.parametrize(
    ("source", "made"),
    [
        pytest.param(
            "class A(B):\n    def __init__(self, x, *, y=1): ...",
            Made(("B",), frozenset({"x", "y"}), passes_on=False),
            id="closed",
        ),
        pytest.param(
            "class A(B):\n    def __init__(self, x, **kwargs): ...",
            Made(("B",), frozenset({"x"}), passes_on=True),
            id="hands the rest to its base",
        ),
        pytest.param("class A(B): ...", Made(("B",), frozenset(), passes_on=True), id="made like its base"),
        pytest.param(
            "from x.y import B\nclass A(B): ...",
            Made(("x.y.B",), frozenset(), passes_on=True),
            id="a base from elsewhere",
        ),
        pytest.param(
            "from .y import B\nclass A(B[int]): ...",
            Made(("p.y.B",), frozenset(), passes_on=True),
            id="a base next door",
        ),
        pytest.param(
            "@attrs.define\nclass A:\n    x: int\n    _y: int = 2\n    z: int = attrs.field(init=False)",
            Made((), frozenset({"x", "y"}), passes_on=True),
            id="fields of attrs",
        ),
    ],
)
def test_reads_what_a_class_is_made_with(source: str, made: Made) -> None:
    assert read_signatures(source, "p.m")["A"] == made
