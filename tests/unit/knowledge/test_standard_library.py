import pytest
from responder.knowledge.standard_library import is_standard, removed_in


@pytest.mark.parametrize("module", ["os.path", "json", "distutils.util", "imp", "cgi"])
def test_modules_of_python_are_no_packages(module: str) -> None:
    assert is_standard(module)


@pytest.mark.parametrize("module", ["numpy", "airflow.models", "osx", ""])
def test_other_modules_are(module: str) -> None:
    assert not is_standard(module)


def test_what_python_dropped_is_known_with_its_version() -> None:
    assert (removed_in("distutils.core"), removed_in("cgi"), removed_in("json")) == ("3.12", "3.13", None)
