"""Airflow's own database is not reached, or has no capacity left.

Seen as: sqlalchemy's OperationalError or TimeoutError with only Airflow's own code above it; "Failed to log action"; [SQL: … FROM slot_pool …].
Comes from: an overloaded database (too many schedulers, workers, DAGs parsed), maintenance, a security group that blocks port 5432.
"""

from __future__ import annotations

from responder.diagnosis.advice import CLASS_DOCS, FROM_TEXT, SET_OPTION, TROUBLESHOOTING_DOCS
from responder.diagnosis.environment_advice import by_release, known
from responder.diagnosis.network_match import Peer, peer
from responder.diagnosis.quoting import ending
from responder.diagnosis.recognise import resting_on
from responder.diagnosis.rule import Match, Rule
from responder.evidence.metadata_database import OF_STATEMENT, is_of_metadata
from responder.inquiry.question import Answers
from responder.model import Category, Evidence, Kind, Remedy, Strength

# MWAA's own, once a minute, in the scheduler's log; Airflow's, where its tables are of another release
HEALTH_CHECK = "Couldn't connect to database. Error: "
OTHER_TABLES = ("ERROR: You need to upgrade the database", "ERROR: You need to initialize the database")


def recognise(evidence: Evidence) -> Match[Peer] | None:
    """By whose code was talking to the database, or by the tables it asked for."""
    in_component = evidence.failure.kind is Kind.PROCESS
    for said in evidence.decisive:
        checked = in_component and said.text.startswith((HEALTH_CHECK, *OTHER_TABLES))
        if checked or (said.raised and is_of_metadata(said.raised, in_component=in_component)):
            return resting_on(evidence, said, peer(evidence), Strength.STRUCTURED)
    return None


def remedy(match: Match[Peer], answers: Answers) -> Remedy:
    """A symptom more often than a cause."""
    of_tables = match.raised is not None and match.raised.name in OF_STATEMENT | {"CommandError"}
    if of_tables or match.because[0].startswith(OTHER_TABLES):
        return _rejected(match)
    interval = by_release(
        known(answers), "scheduler.min_file_process_interval", "dag_processor.min_file_process_interval"
    )
    return Remedy(
        summary="Airflow cannot use its own metadata database.",
        explanation="MWAA runs this database for the environment. Its errors are most often a symptom of too many connections or too much load, seldom of the network.",
        steps=(
            "If it came once and went, it was maintenance or a moment of load: clear the failed tasks, no change is needed.",
            "If it comes back, see what is used up: CloudWatch > Metrics > AWS/MWAA > Database > DatabaseConnections, FreeableMemory and CPUUtilization of that minute.",
            (
                "Take load off: no Variable.get or queries at the top level of DAG files, fewer and shorter files, and a longer pause between two readings of a file: "
                f"{SET_OPTION} > {interval}."
            ),
            "If the scheduler never reaches it: the environment's security group must let itself in (all traffic, or port 5432).",
            "If the load has to be: MWAA console > the environment > Edit > Environment class; the next one has a larger database.",
        ),
        proof=FROM_TEXT,
        links=(TROUBLESHOOTING_DOCS, CLASS_DOCS),
    )


def _rejected(match: Match[Peer]) -> Remedy:
    return Remedy(
        summary=f"Airflow's own metadata database rejects what Airflow itself sends: {ending(match.because[0])}",
        explanation="Connection and capacity are in order. The rows or tables are not as this release of Airflow expects them: after an upgrade that did not end well, or when something else wrote into them.",
        steps=(
            "If the message names a DAG run or task: delete that run in the Airflow UI (Browse > DAG Runs) and trigger it again.",
            "If plugins, tasks or scripts of your own write into Airflow's tables: have them use Airflow's API instead.",
            "If it came with an upgrade, or names a missing table or column: open a case with AWS Support; the tables are MWAA's to migrate.",
        ),
        proof=FROM_TEXT,
        links=(TROUBLESHOOTING_DOCS,),
    )


RULE = Rule(category=Category.CAPACITY, cause="metadata-database", may_heal=True, recognise=recognise, remedy=remedy)
