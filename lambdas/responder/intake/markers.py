"""Words that a line of log has when it decides what failed, or surrounds what does.

Plain substrings: a search for one runs at the speed of memory, a pattern of alternatives does not.
Where they come from: Airflow's `taskinstance.py`, `local_task_job_runner.py`, `scheduler_job_runner.py` and
`task_runner.py` (https://github.com/apache/airflow), pip's console output, and MWAA's own closing lines
(https://github.com/aws/amazon-mwaa-docker-images).
"""

from __future__ import annotations

# A line with one of these is what a diagnosis rests on.
DECISIVE = (
    "Traceback (most recent call last)",
    "Task failed with exception",
    "Failed to execute job",
    "Failed to import:",
    "Failed to bag_dag:",
    "error_detail",
    "Marking task as",
    "Starting attempt",
    "exited with return code",
    "exited abnormally",
    "terminated by signal",
    "Task exited",
    "killed before it finished",
    "Received SIGTERM",
    "externally set to",
    "shouldn't be running anymore",
    "zombie",
    "without a heartbeat",
    "reported that the task instance",
    "Executor reports task instance",
    "TaskInstance Finished",
    "WorkerLostError",
    "Process timed out",
    "finished with failed state",
    "An error occurred (",
    "from secrets backend",
    "Status received from sidecar: RED",
    "] - ERROR:",
    "ERROR: ",
    "The conflict is caused by",
    "pip installation exited",
    "CRITICAL",
    '"critical"',
)

# A line with one of these may hold the reason: kept while there is room, the latest first.
TELLING = (
    "ERROR",
    '"error"',
    "[error",
    "WARN",
    '"warning"',
    "[warning",
    "rror:",
    "xception",
    "denied",
    "ailed",
    "ailure",
    "not found",
    "imed out",
    "imeout",
)

# After one of these the lines that follow belong to it, where a log has one event for each line.
OPENING = ("Traceback (most recent call last)", "The conflict is caused by", "Cannot install", "subprocess-exited")
