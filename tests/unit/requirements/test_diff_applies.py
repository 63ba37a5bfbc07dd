"""The difference that a message shows is one that `patch` applies."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from responder.requirements.edits import shown_diff
from responder.requirements.lines import parse

PATCH = shutil.which("patch")


@pytest.mark.skipif(PATCH is None, reason="the machine has no patch")
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("scikit-learn\npandas==2.2.3\n", "scikit-learn\npandas==2.1.4\n"),
        ("scikit-learn\npandas==2.2.3", "scikit-learn\npandas==2.1.4"),
        ("pandas\npyarrow", "pandas\npyarrow\nxgboost==3.2.0\n"),
        ("a\nb\nc\nd\ne\nf\ng", "a\nX\nc\nd\ne\nf\ng"),
        ("only==1", "only==2\n"),
    ],
    ids=["ends with a line end", "has none", "gets one", "is not the line that changes", "is a single line"],
)
def test_it_makes_the_old_file_the_new_one(before: str, after: str, tmp_path: Path):
    file, diff = tmp_path / "requirements.txt", tmp_path / "difference"
    file.write_text(before)
    diff.write_text(shown_diff(parse(before), parse(after)) or "")
    subprocess.run([str(PATCH), "--quiet", "requirements.txt", diff.name], cwd=tmp_path, check=True)
    assert file.read_text() == after
