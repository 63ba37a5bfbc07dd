"""Golden texts of the pinned uv; a new uv that words things otherwise shows here first."""

import subprocess
from pathlib import Path

import pytest
from responder.requirements.uv_text import LONGEST, read_unsolved, source_only

from cli.requirements import find_uv

DIRECT = """error: No solution found when resolving dependencies
  cause: Because you require pandas==2.2.3 and pandas==2.1.4, we can conclude that your requirements are unsatisfiable.
"""
WITHOUT_WHEEL = """error: No solution found when resolving dependencies
  cause: Because pyhive[hive-pure-sasl]==0.7.0 has no usable wheels and only the following versions of pyhive[hive-pure-sasl] are available:
             pyhive[hive-pure-sasl]<=0.7.0
         we can conclude that pyhive[hive-pure-sasl]>=0.7.0,<0.7.1.dev0 cannot be used.

hint: Wheels are required for `pyhive` because building from source is disabled for all packages (i.e., with `--no-build`)
"""
ALL_VERSIONS = """error: No solution found when resolving dependencies
  cause: Because all versions of sasl have no usable wheels and you require sasl, we can conclude that your requirements are unsatisfiable.

hint: Wheels are required for `sasl` because building from source is disabled for all packages (i.e., with `--no-build`)
"""
OLD = """  × No solution found when resolving dependencies:
  ╰─▶ Because you require pandas==2.2.3 and pandas==2.1.4, we can conclude
      that your requirements are unsatisfiable.
"""


@pytest.mark.parametrize("text", [DIRECT, OLD], ids=["the pinned uv", "an older one"])
def test_the_sentence_is_one_line(text):
    assert (
        read_unsolved(text).sentence
        == "Because you require pandas==2.2.3 and pandas==2.1.4, we can conclude that your requirements are unsatisfiable."
    )


def test_what_would_have_to_be_built_is_named_with_its_version():
    assert source_only(read_unsolved(WITHOUT_WHEEL).whole) == {"pyhive": frozenset({"0.7.0"})}
    assert source_only(read_unsolved(ALL_VERSIONS).whole) == {"sasl": frozenset()}
    assert source_only(DIRECT) == {}


def test_a_long_derivation_is_shortened_to_its_first_and_last_step():
    words = " ".join(f"step{n}" for n in range(400))
    sentence = read_unsolved(
        f"error: No solution found when resolving dependencies\n  cause: Because {words} end.\n"
    ).sentence
    assert len(sentence) < LONGEST + 10
    assert sentence.startswith("Because step0")
    assert sentence.endswith("end.")


def test_the_uv_in_use_is_the_pinned_one():
    """Its wording is read: another release has to pass the texts above first."""
    said = subprocess.run([find_uv(), "--version"], capture_output=True, text=True, check=True).stdout
    pins = Path(__file__).parents[3] / "requirements-dev.txt"
    pinned = [line.split("==")[1].split()[0] for line in pins.read_text().splitlines() if line.startswith("uv==")]
    assert not pinned or pinned[0] in said
    assert said.startswith("uv 0.13.")
