"""What one release of Airflow takes and another does not: arguments, context variables, the database in tasks.

https://airflow.apache.org/docs/apache-airflow/stable/installation/upgrading_to_airflow3.html
https://airflow.apache.org/docs/apache-airflow/2.0.2/upgrading-to-2.html
"""

from __future__ import annotations

import re

# Arguments of DAGs and operators that some release takes and some other does not.
ARGUMENTS = frozenset(
    {
        "on_skipped_callback",
        "schedule",
        "schedule_interval",
        "timetable",
        "concurrency",
        "max_active_tasks",
        "task_concurrency",
        "max_active_tis_per_dag",
        "default_view",
        "orientation",
        "full_filepath",
        "sla",
        "sla_miss_callback",
        "fail_stop",
        "fail_fast",
        "auto_register",
        "dag_display_name",
        "disable_bundle_versioning",
        "provide_context",
        "execution_date",
        "logical_date",
        "use_dill",
        "xcom_push",
        "delegate_to",
        "google_cloud_storage_conn_id",
        "bigquery_conn_id",
        "s3_conn_id",
        "lambda_conn_id",
    }
)
# Context variables that Airflow 3 no longer has.
CONTEXT = frozenset(
    {
        "execution_date",
        "next_execution_date",
        "prev_execution_date",
        "prev_execution_date_success",
        "next_ds",
        "next_ds_nodash",
        "prev_ds",
        "prev_ds_nodash",
        "tomorrow_ds",
        "tomorrow_ds_nodash",
        "yesterday_ds",
        "yesterday_ds_nodash",
        "conf",
    }
)
UNEXPECTED = re.compile(
    r"(?:__init__|\bdag|\btask|\btask_group|\bpartial|\bexpand|\btrigger_dag)\(\) got an unexpected keyword argument ['\"](\w{1,100})['\"]"
)
_REQUIRED = re.compile(r"missing \d{1,2} required (?:positional|keyword-only) arguments?: ['\"](\w{1,100})['\"]")
INVALID = re.compile(r"Invalid arguments were passed to ([\w.]{1,150})")
_KEY = re.compile(r"['\"](\w{1,100})['\"]:")
_UNDEFINED = re.compile(r"['\"](\w{1,100})['\"] is undefined")
# RuntimeError: Direct database access via the ORM is not allowed in Airflow 3.0
# Could not parse SQLAlchemy URL from string 'airflow-db-not-allowed:///': what a child of the task, such as Airflow's command line, is given
DATABASE = re.compile(r"Direct database access via the ORM is not allowed|airflow-db-not-allowed:")
# 'RuntimeTaskInstance' object has no attribute 'get_dagrun': what tasks were given before is another class now
_ATTRIBUTE = re.compile(
    r"(?:'(?P<object>[\w.]{1,120})' object|type object '(?P<type>[\w.]{1,120})') has no attribute '(?P<name>\w{1,100})'"
)
# Classes that only Airflow 3 has in a task, so that whatever they lack is another release's
_SMALLER = frozenset(
    {
        "RuntimeTaskInstance",
        "MacrosAccessor",
        "ConnectionAccessor",
        "VariableAccessor",
        "DagRunProtocol",
        "DagRun",
    }
)
# What these classes of Airflow 2.10 have and those of Airflow 3's task SDK have not
_LOST = {
    "DAG": "clear concurrency concurrency_reached create_dagrun date_range default_view following_schedule full_filepath get_active_runs "
    "get_dagrun get_dagruns_between get_is_active get_is_paused get_last_dagrun get_latest_execution_date get_next_data_interval "
    "get_num_active_runs get_num_task_instances get_run_dates get_task_instances is_paused is_subdag iter_dagrun_infos_between "
    "latest_execution_date log next_dagrun_info normalize_schedule normalized_schedule_interval parent_dag pickle_id previous_schedule "
    "run schedule_interval sub_dag subdags tree_view",
    "Variable": "get_variable_from_secrets get_val setdefault set_val update val",
    "Connection": "as_json from_json get_connection_from_secrets get_extra get_extra_dejson get_password is_encrypted parse_from_uri "
    "set_extra set_password test_connection to_dict",
}


def unexpected_arguments(message: str) -> tuple[str, ...]:
    """The names that a signature or Airflow's own check refuses."""
    if match := UNEXPECTED.search(message[:2_000]):
        return (match[1],)
    if (match := INVALID.search(message[:2_000])) is None:
        return ()
    return tuple(_KEY.findall(message[match.end() : match.end() + 1_000]))


def lost_variable(name: str, message: str) -> str | None:
    """A context variable of Airflow 2 that a KeyError or a template asks for."""
    asked = message.strip().strip("'\"") if name == "KeyError" else None
    if name == "UndefinedError" and (match := _UNDEFINED.search(message[:500])):
        asked = match[1]
    if name == "TypeError" and (match := _REQUIRED.search(message[:500])):
        asked = match[1]
    return asked if asked in CONTEXT else None


def lost_attribute(message: str) -> str | None:
    """An attribute of Airflow 2's DAG, run, task instance, variable or connection that Airflow 3's tasks are not given."""
    match = _ATTRIBUTE.search(message[:500])
    if match is None:
        return None
    owner, name = (match["object"] or match["type"]).rpartition(".")[2], match["name"]
    return name if owner in _SMALLER or name in _LOST.get(owner, "").split() else None
