"""Advice that depends on the environment at hand: its class, its workers, its network."""

from __future__ import annotations

from collections.abc import Sequence

from responder.diagnosis.advice import OPTIONS, SET_OPTION
from responder.inquiry.environment import EnvironmentFacts, EnvironmentState
from responder.inquiry.question import Answers, Question, Unanswered
from responder.knowledge.environment_classes import CLASSES

AUTOSCALE = "celery.worker_autoscale"
ENVIRONMENT = EnvironmentState()


def about_environment(_match: object) -> tuple[Question[EnvironmentFacts], ...]:
    """The one question, for causes whose advice depends on the environment."""
    return (ENVIRONMENT,)


def known(answers: Answers) -> EnvironmentFacts | None:
    """The environment, where it could be looked up."""
    answer = answers[ENVIRONMENT]
    return None if isinstance(answer, Unanswered) else answer


def unknown_because(answers: Answers) -> tuple[str, ...]:
    """Why it could not, as a line for "not checked"."""
    answer = answers[ENVIRONMENT]
    return (f"the environment's class, workers and network: {answer.reason}",) if isinstance(answer, Unanswered) else ()


def by_release(environment: EnvironmentFacts | None, two: str, three: str) -> str:
    """The words for the environment's Airflow; both where it is not known."""
    major = (environment.airflow_version or "")[:1] if environment else ""
    if not major:
        return f"{two} (Airflow 3: {three})"
    return two if major == "2" else three


def last_update(environment: EnvironmentFacts | None) -> str:
    """What MWAA says of an update that failed, as a sentence before others; nothing where it says nothing."""
    if environment is None or environment.last_update_status != "FAILED":
        return ""
    told = ": ".join(filter(None, (environment.last_update_error_code, environment.last_update_error_message)))
    return f"MWAA says of the last update: {told.rstrip('.')}. " if told else ""


def memory_share(environment: EnvironmentFacts | None) -> str:
    """What a task has of its worker, with the numbers of the environment's class."""
    worker = CLASSES.get(environment.environment_class or "") if environment else None
    if environment is None or worker is None:
        return (
            "From mw1.small to mw1.large a task has the same share of its worker, about 0.4 GB when all slots are busy: "
            "a larger class alone does not help, fewer tasks per worker do."
        )
    tuned = AUTOSCALE in environment.configuration_options
    slots = f"as many tasks as {AUTOSCALE} says" if tuned else f"up to {worker.tasks} tasks at once"
    share = "" if tuned else f": about {worker.share_gb:.1f} GB for each when all slots are busy"
    return f"This environment is {environment.environment_class}: a worker has {worker.memory_gb} GB and runs {slots}{share}."


def fewer_tasks(environment: EnvironmentFacts | None) -> str:
    """The option that gives each task more of its worker."""
    if environment and AUTOSCALE in environment.configuration_options:
        return f"lower the number of tasks that run at once on a worker below what is set now: {OPTIONS} > {AUTOSCALE}; more workers make up for it."
    worker = CLASSES.get(environment.environment_class or "") if environment else None
    number = max(1, worker.tasks // 2) if worker else 3
    return f"lower the number of tasks that run at once on a worker: {SET_OPTION} > {AUTOSCALE} = {number},{number} for example; more workers make up for it."


def larger_class(environment: EnvironmentFacts | None) -> str:
    """The next class, only together with fewer tasks."""
    worker = CLASSES.get(environment.environment_class or "") if environment else None
    if worker and worker.larger is None:
        return "There is no larger class than this environment's: what is left is less per task, or another service."
    larger = f" ({worker.larger} is the next)" if worker else ""
    return f"If that is not enough: MWAA console > the environment > Edit > Environment class{larger}, together with {AUTOSCALE}."


def against_scale_in(environment: EnvironmentFacts | None) -> str:
    """What keeps workers from being taken away under a task."""
    numbers = (environment.min_workers, environment.max_workers) if environment else (None, None)
    if None not in numbers and numbers[0] == numbers[1]:
        return f"This environment has {numbers[0]} workers, neither more nor less, so scale-in is not the reason."
    range_of = f" (now {numbers[0]} to {numbers[1]})" if None not in numbers else ""
    return (
        f"If it comes with scale-in, set the minimum number of workers to the maximum{range_of}: MWAA console > the environment > Edit; "
        "or make the task short or deferrable."
    )


def own_groups(environment: EnvironmentFacts | None) -> str:
    """The environment's security groups, by id where they are known."""
    return _named("security group", environment.security_groups if environment else ())


def own_subnets(environment: EnvironmentFacts | None) -> str:
    """The environment's subnets, by id where they are known."""
    return _named("private subnets", environment.subnets if environment else ())


def _named(what: str, ids: Sequence[str]) -> str:
    return f"the environment's {what} ({', '.join(ids)})" if ids else f"the environment's {what}"
