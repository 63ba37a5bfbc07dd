"""Two small Airflows, an older and a newer one, summed up into tables."""

import io
import zipfile

from cli.knowledge import airflow_table, argument_table

OLD = {
    "airflow/__init__.py": "__lazy_imports = {'DAG': 'airflow.models.dag'}",
    "airflow/models/dag.py": "class DAG:\n    def __init__(self, dag_id, schedule_interval=None): ...",
    "airflow/models/base.py": "class BaseOperator:\n    def __init__(self, task_id, **kwargs): ...",
    "airflow/operators/bash.py": "from airflow.models.base import BaseOperator\nclass BashOperator(BaseOperator):\n    def __init__(self, *, bash_command, **kwargs): ...",
    "airflow/operators/bash_operator.py": '"""This module is deprecated. Please use :mod:`airflow.operators.bash`."""\nfrom airflow.operators.bash import BashOperator',
    "airflow/migrations/versions/x.py": "class Hidden: ...",
    "airflow/_private/x.py": "class Hidden: ...",
    "airflow/operators/README.md": "no code",
}
NEW = {
    "airflow/models/dag.py": "class DAG:\n    def __init__(self, dag_id, schedule=None): ...",
    "airflow/models/base.py": OLD["airflow/models/base.py"],
    "airflow/operators/__init__.py": "add_deprecated_classes({'bash': {'BashOperator': 'airflow.providers.standard.bash.BashOperator'}, 'dates': {'*': 'airflow.models.dag'}}, __name__)",
    "airflow/providers/standard/bash.py": "from airflow.models.base import BaseOperator\nclass _Base(BaseOperator):\n    def __init__(self, cwd=None, **kwargs): ...\nclass BashOperator(_Base):\n    def __init__(self, *, bash_command, env=None, **kwargs): ...\nclass ClosedOperator(BaseOperator):\n    def __init__(self, only): ...\nclass FreeOperator(Foreign):\n    def __init__(self, **kwargs): ...",
}
FIRST, SECOND = 1, 2


def wheel(files: dict[str, str]) -> zipfile.ZipFile:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, source in files.items():
            archive.writestr(name, source)
    return zipfile.ZipFile(content)


def names() -> airflow_table.Table:
    return airflow_table.summed([[airflow_table.modules_of(wheel(files))] for files in (OLD, NEW)])


def test_a_module_is_there_in_the_images_that_have_it() -> None:
    modules = airflow_table.packed(names())["modules"]
    assert modules["airflow.operators.bash_operator"][0] == FIRST
    assert modules["airflow.models.dag"][0] == FIRST | SECOND
    assert modules["airflow.providers"][0] == SECOND
    assert not [module for module in modules if "migrations" in module or "_private" in module]


def test_names_that_the_same_images_have_stand_together() -> None:
    modules = airflow_table.packed(names())["modules"]
    assert modules["airflow"][1] == [[FIRST, "DAG"]]
    assert modules["airflow.operators.bash"] == [FIRST | SECOND, [[FIRST | SECOND, "BashOperator"]]]


def test_redirects_and_old_modules_tell_where_their_names_went() -> None:
    moved = names().moved
    assert moved["airflow.operators.bash_operator.BashOperator"] == "airflow.operators.bash.BashOperator"
    assert moved["airflow.operators.bash.BashOperator"] == "airflow.providers.standard.bash.BashOperator"
    assert moved["airflow.operators.bash"] == "airflow.providers.standard.bash"
    assert moved["airflow.operators.dates.DAG"] == "airflow.models.dag.DAG"


def test_what_is_imported_is_passed_on_and_not_offered() -> None:
    packed = airflow_table.packed(names())
    assert packed["passed_on"]["airflow.operators.bash"] == [[FIRST, "BaseOperator"]]


def test_arguments_are_summed_up_over_bases_and_images() -> None:
    table = argument_table.summed([[argument_table.classes_of(wheel(files))] for files in (OLD, NEW)])
    there, is_open, operator, sensor, rows = table["BashOperator"]
    assert (there, is_open, operator, sensor) == (FIRST | SECOND, 0, FIRST | SECOND, 0)
    assert rows == [[SECOND, "cwd env"], [FIRST | SECOND, "bash_command"]]
    assert table["DAG"][-1] == [[FIRST, "schedule_interval"], [SECOND, "schedule"], [FIRST | SECOND, "dag_id"]]


def test_a_class_that_refuses_the_rest_takes_nothing_of_its_bases() -> None:
    table = argument_table.summed([[argument_table.classes_of(wheel(NEW))]])
    assert table["ClosedOperator"] == [FIRST, 0, 0, 0, [[FIRST, "only"]]]


def test_a_class_with_a_base_that_nobody_knows_takes_anything() -> None:
    table = argument_table.summed([[argument_table.classes_of(wheel(NEW))]])
    assert table["FreeOperator"][1] == FIRST
