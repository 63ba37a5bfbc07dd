"""What advice becomes for a workflow of MWAA Serverless: it has no environment whose options, files or classes could be edited.

https://docs.aws.amazon.com/mwaa/latest/mwaa-serverless-userguide/what-is-mwaa-serverless.html
"""

from __future__ import annotations

from dataclasses import replace

from responder.diagnosis.advice import DEPLOY_DAG, MWAA_DOCS, ROLE_DOCS
from responder.model import Failure, Link, Remedy

GROUP = "/aws/mwaa-serverless/"
# A workflow runs a snapshot of its definition and code: a changed file in S3 alone does nothing
DEPLOY_WORKFLOW = "Upload the corrected file to S3, then update the workflow, which takes a new snapshot of it: `aws mwaa-serverless update-workflow`."
SERVERLESS_DOCS = "https://docs.aws.amazon.com/mwaa/latest/mwaa-serverless-userguide"
_GUIDE = Link("The user guide of MWAA Serverless", f"{SERVERLESS_DOCS}/what-is-mwaa-serverless.html")
_PAGES = {
    ROLE_DOCS: Link("The execution role of MWAA Serverless", f"{SERVERLESS_DOCS}/get-started-execution-role.html")
}
_OF_AN_ENVIRONMENT = ("MWAA console > the environment", "requirements_install", "BaseWorker")


def is_serverless(failure: Failure) -> bool:
    """By the log group, which is the workflow's own unless it was given another."""
    return (failure.place.log_group or "").startswith(GROUP)


def for_workflow(remedy: Remedy) -> Remedy:
    """Without the steps that need an environment, as long as others are left, and with the pages of its own guide."""
    steps = tuple(step.replace(DEPLOY_DAG, DEPLOY_WORKFLOW) for step in remedy.steps)
    kept = tuple(step for step in steps if not any(words in step for words in _OF_AN_ENVIRONMENT))
    links = (_PAGES.get(each, _GUIDE) if each.url.startswith(MWAA_DOCS) else each for each in remedy.links)
    return replace(remedy, steps=kept or steps, links=tuple(dict.fromkeys(links)))
