"""The environment's own files in S3: requirements.txt at its selected version, the DAGs folder, plugins.zip.

MWAA uses the object version that the environment names, not the latest one:
https://docs.aws.amazon.com/mwaa/latest/userguide/working-dags-dependencies.html
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from responder.inquiry.aws_fault import in_time, told_as_could_not
from responder.inquiry.environment import EnvironmentFacts, EnvironmentInquirer, EnvironmentState
from responder.inquiry.question import Budget, CouldNot
from responder.model import Failure
from responder.requirements.asked import Deployed, DeployedRequirements, OwnCode, OwnModules

ACTIONS = ("s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket")
MOST_BYTES = 1_000_000  # of a requirements or constraints file
DIRECTORY = 4_000_000  # bytes of the end of plugins.zip: its list of names stands there
MOST_PAGES = 3  # of 1,000 keys each, of the DAGs folder
ANOTHER_RANGE = "InvalidRange"


@dataclass(frozen=True)
class EnvironmentFiles:
    """Reads from the environment's own bucket only."""

    client: Callable[[], Any]  # boto3's "s3" client
    environment: EnvironmentInquirer

    def facts(self, failure: Failure, budget: Budget) -> EnvironmentFacts:
        """Raises CouldNot."""
        return self.environment.answer(EnvironmentState(), failure, budget)

    def deployed(self, facts: EnvironmentFacts, budget: Budget) -> Deployed | None:
        """The selected version, and the latest one where it is another. Raises CouldNot."""
        if not facts.requirements_s3_path or not facts.source_bucket:
            return None
        key, version = facts.requirements_s3_path, facts.requirements_s3_version
        data, found = self._object(facts.source_bucket, key, version, budget)
        if version is None:
            return Deployed(key, found, data)
        latest, newest = self._object(facts.source_bucket, key, None, budget)
        return Deployed(key, version, data, latest if newest not in (None, version) and latest != data else None)

    def below_dags(self, facts: EnvironmentFacts, path: str, budget: Budget) -> str | None:
        """A text file of the DAGs folder, None where there is none of that name. Raises CouldNot."""
        if not facts.source_bucket or not facts.dag_s3_path or ".." in path.split("/"):
            raise CouldNot("the DAGs folder of the environment is not known")
        key = f"{facts.dag_s3_path}/{path}"
        if "" not in self._keys(facts.source_bucket, key, budget):  # nothing is left of the very key
            return None
        data, _ = self._object(facts.source_bucket, key, None, budget)
        return data.decode("utf-8", "replace")

    def own_modules(self, facts: EnvironmentFacts, budget: Budget) -> OwnModules:
        """The names at the top of dags/ and plugins.zip. Raises CouldNot."""
        if not facts.source_bucket or facts.dag_s3_path is None:
            raise CouldNot("MWAA did not say where the environment's DAGs lie")
        paths = list(self._keys(facts.source_bucket, f"{facts.dag_s3_path}/", budget))
        packed = self._packed(facts, budget)
        return OwnModules(
            in_dags=frozenset(modules(paths)),
            in_plugins=frozenset(modules(packed)),
            deeper=frozenset(_deeper(paths)),
            wheels=frozenset(each for each in packed if each.endswith(".whl") and "/" not in each),
        )

    def _keys(self, bucket: str, prefix: str, budget: Budget) -> Iterator[str]:
        token: dict[str, str] = {}
        for _ in range(MOST_PAGES):
            in_time(budget)
            with told_as_could_not("s3:ListBucket", f"the bucket {bucket}"):
                page = self.client().list_objects_v2(Bucket=bucket, Prefix=prefix, **token)
            yield from (str(each["Key"]).removeprefix(prefix) for each in page.get("Contents", ()))
            if not page.get("IsTruncated"):
                return
            token = {"ContinuationToken": page["NextContinuationToken"]}

    def _packed(self, facts: EnvironmentFacts, budget: Budget) -> list[str]:
        """The names in plugins.zip; [] without one."""
        if not facts.plugins_s3_path or not facts.source_bucket:
            return []
        data, _ = self._object(
            facts.source_bucket, facts.plugins_s3_path, facts.plugins_s3_version, budget, last=DIRECTORY
        )
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                return archive.namelist()
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise CouldNot("plugins.zip is no zip file, or its list of names is too long") from error

    def _object(
        self, bucket: str, key: str, version: str | None, budget: Budget, *, last: int | None = None
    ) -> tuple[bytes, str | None]:
        """Content, bounded, and the object version that it is of."""
        in_time(budget)
        which = {"VersionId": version} if version else {}
        bounds = f"bytes=-{last}" if last else f"bytes=0-{MOST_BYTES}"
        action = "s3:GetObjectVersion" if version else "s3:GetObject"
        with told_as_could_not(action, f"{key} in {bucket}"):
            answer = self._get(Bucket=bucket, Key=key, Range=bounds, **which)
            return answer["Body"].read(), answer.get("VersionId")

    def _get(self, **arguments: str) -> Any:
        """S3 refuses any range of an empty object; such a one is asked for as a whole."""
        from botocore.exceptions import ClientError

        try:
            return self.client().get_object(**arguments)
        except ClientError as error:
            if error.response.get("Error", {}).get("Code") != ANOTHER_RANGE:
                raise
            return self.client().get_object(**{name: value for name, value in arguments.items() if name != "Range"})


@dataclass(frozen=True)
class DeployedInquirer:
    """Answers which requirements.txt the environment uses."""

    files: EnvironmentFiles

    def answer(self, _question: DeployedRequirements, failure: Failure, budget: Budget) -> Deployed | None:
        """Raises CouldNot."""
        return self.files.deployed(self.files.facts(failure, budget), budget)


@dataclass(frozen=True)
class OwnCodeInquirer:
    """Answers what the user's own modules are called."""

    files: EnvironmentFiles

    def answer(self, _question: OwnCode, failure: Failure, budget: Budget) -> OwnModules:
        """Raises CouldNot."""
        return self.files.own_modules(self.files.facts(failure, budget), budget)


def modules(paths: list[str]) -> Iterator[str]:
    """The importable names at the top of a folder, of the paths in it."""
    for path in paths:
        top, slash, rest = path.partition("/")
        if slash and rest:
            yield top
        elif not slash and top.endswith(".py"):
            yield top.removesuffix(".py")


def _deeper(paths: list[str]) -> Iterator[str]:
    """Modules one or more folders down, as "folder/module"."""
    for path in paths:
        folder, _, last = path.rpartition("/")
        if folder and last.endswith(".py"):
            yield f"{folder}/{last.removesuffix('.py')}"
            if "/" in folder:
                yield folder
