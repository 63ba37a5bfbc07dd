import pytest

from cli.knowledge.python_names import read_names


@pytest.mark.parametrize(
    ("source", "names"),
    [
        pytest.param("class A: ...\ndef b(): ...\nasync def c(): ...", {"A", "b", "c"}, id="definitions"),
        pytest.param("X = 1\nY: int = 2\n_z = 3", {"X", "Y"}, id="constants, without private ones"),
        pytest.param("try:\n    class A: ...\nexcept ImportError:\n    A = None", {"A"}, id="inside try"),
        pytest.param(
            "if sys.version_info > (3,):\n    def a(): ...\nelse:\n    def b(): ...", {"a", "b"}, id="inside if"
        ),
        pytest.param("if TYPE_CHECKING:\n    class A: ...", set(), id="not what only type checkers see"),
        pytest.param("__all__ = ['task', 'dag']", {"task", "dag"}, id="what it says to offer"),
        pytest.param("__lazy_imports = {'DAG': 'airflow.models.dag'}", {"DAG"}, id="what it loads when asked"),
        pytest.param("import os\nfrom json import loads\nlog = 1", set(), id="no plumbing"),
    ],
)
def test_reads_the_public_names_of_a_module(source: str, names: set[str]) -> None:
    assert read_names(source, "airflow.x", is_package=False).public == names


def test_a_package_offers_what_it_imports_from_airflow() -> None:
    source = "from airflow.sdk.dag import DAG\nfrom .x import y\nfrom json import loads"
    assert read_names(source, "airflow.x", is_package=True).public == {"DAG", "y"}
    found = read_names(source, "airflow.x", is_package=False)
    assert (found.public, found.passed_on) == (set(), {"DAG", "y"})


def test_an_old_module_says_where_its_names_went() -> None:
    source = '"""This module is deprecated. Please use :mod:`airflow.operators.bash`."""\nfrom airflow.operators.bash import BashOperator'
    found = read_names(source, "airflow.operators.bash_operator", is_package=False)
    assert found.new_module == "airflow.operators.bash"
    assert found.moved == {"BashOperator": "airflow.operators.bash.BashOperator"}
    assert found.public == {"BashOperator"}


@pytest.mark.parametrize(
    "call",
    [
        pytest.param("add_deprecated_classes({'bash': {'BashOperator': 'p.BashOperator'}}, __name__)", id="a literal"),
        pytest.param(
            "t = {'bash': {'BashOperator': 'p.BashOperator'}}\nadd_deprecated_classes(t, __name__)", id="a variable"
        ),
    ],
)
def test_a_redirect_is_a_module_that_is_no_file(call: str) -> None:
    found = read_names(call, "airflow.operators", is_package=True)
    assert found.redirects == {"airflow.operators.bash": {"BashOperator": "p.BashOperator"}}


def test_a_redirect_may_be_for_the_module_itself() -> None:
    found = read_names(
        "add_deprecated_classes({__name__: {'*': 'airflow.sdk.io'}}, package=__name__)", "airflow.io", is_package=True
    )
    assert found.redirects == {"airflow.io": {"*": "airflow.sdk.io"}}
