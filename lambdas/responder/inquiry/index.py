"""What the configured package index says of a distribution, and the login to a private one.

https://packaging.python.org/en/latest/specifications/simple-repository-api/
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from responder.inquiry.aws_fault import told_as_could_not
from responder.inquiry.package_index import PackageIndex
from responder.inquiry.question import Budget, CouldNot
from responder.model import Failure
from responder.requirements.asked import OnIndex, Release, Releases
from responder.requirements.project import Project

ACTIONS = ("secretsmanager:GetSecretValue",)
MOST_RELEASES = 50  # newest first; older ones explain no failure of today


@dataclass(frozen=True, slots=True)
class IndexLogin:
    """User and password of a private index, from a secret of the form {"username": …, "password": …}.

    A CodeArtifact token goes into `password`, with `aws` for a user: it lasts 12 hours at most and has to be renewed there.
    """

    secret_arn: str | None
    client: Callable[[], Any]  # boto3's "secretsmanager" client

    def __call__(self) -> tuple[str, str] | None:
        """None where no secret is configured. Raises CouldNot."""
        if self.secret_arn is None:
            return None
        with told_as_could_not(ACTIONS[0], "the package index's secret"):
            text = self.client().get_secret_value(SecretId=self.secret_arn)["SecretString"]
        try:
            found = json.loads(text)
            return str(found["username"]), str(found["password"])
        except (ValueError, KeyError, TypeError) as error:
            raise CouldNot("the package index's secret is not of the form with username and password") from error


@dataclass(frozen=True, slots=True)
class IndexInquirer:
    """Asks the index anew for each failure: a page of yesterday hides what was released today."""

    index: Callable[[], PackageIndex]

    def answer(self, question: OnIndex, _failure: Failure, budget: Budget) -> Releases | None:
        """None where the index has no such name. Raises CouldNot."""
        project = self.index().project(question.distribution, budget.left())
        return releases_of(project) if project else None


def releases_of(project: Project) -> Releases:
    """The page, as far as a cause has use for it."""
    found = [
        Release(
            version=str(version),
            uploaded=min((each.uploaded for each in files if each.uploaded), default=None),
            yanked=all(each.yanked is not None for each in files),
            requires_python=next((each.requires_python for each in files if each.requires_python), None),
        )
        for version in project.versions()[:MOST_RELEASES]
        if (files := project.of(version))
    ]
    return Releases(project.name, tuple(found), project.first_upload())
