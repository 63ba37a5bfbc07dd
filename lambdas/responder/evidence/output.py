"""Which records are what the user's code or a child process printed, not what Airflow says.

Their level proves nothing and their words are somebody else's; but the reason often stands only there.
"""

from __future__ import annotations

import re

from responder.evidence.lazy_pattern import lazy

# Airflow's modules that pass on the output of something else, and their loggers in Airflow 3.
_MODULES = (
    "subprocess.py:",
    "bash.py:",
    "bash_operator.py:",
    "dbt_hook.py:",
    "process_utils.py:",
    "logging_mixin.py:",
    "docker.py:",
    "pod_manager.py:",
    "pod_launcher.py:",
    "task_log_fetcher.py:",
    "ssh.py:",
    "spark_submit.py:",
    "winrm.py:",
)
_LOGGERS = (
    "task.stdout",
    "task.stderr",
    "SubprocessHook",
    "process_utils",
    "DockerOperator",
    "PodManager",
    "AwsTaskLogFetcher",
    "SSHOperator",
    "SSHHook",
    "SparkSubmitHook",
)
# What these modules say themselves.
_OWN = lazy(
    r"(?:Running command|Running: |Tmp dir root|Output:?$|Command exited|Executing cmd|Sending |Process |Waiting |Creating ssh|Starting docker|"
    r"Pod \S{1,300} has |Pod \S{1,300} returned|Event: |Deleting |Building |Connected|Connecting |ssh_hook is not|Using connection|"
    r"Filling up|Container |Failed to |Error while reading|Identified spark|Spark-Submit cmd|Can't connect|Cannot execute)"
)
# "[base] text": the container a line comes from; "[ERROR] text" is the line's own level
_TAG = re.compile(r"\[(?!(?i:error|fatal|critical)\])[\w.-]{1,60}\] ")


def is_output(logger: str, text: str) -> bool:
    """Whether a record passes on what somebody else printed."""
    if not (logger.startswith(_MODULES) or logger.endswith(_LOGGERS)):
        return False
    return not _OWN.match(text)


def tagless(text: str) -> str:
    """A line of output without the name of the container before it."""
    match = _TAG.match(text)
    return text[match.end() :] if match else text
