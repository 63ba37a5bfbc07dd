"""The resource that a statement has to name: as printed, completed where a service prints half of it, widened where it must be.

ARN templates come from AWS's Service Authorization Reference (https://docs.aws.amazon.com/service-authorization/latest/reference/).
Whatever is wider than what was refused says so.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from responder.knowledge.iam_actions import load
from responder.permissions import arn as arns
from responder.permissions.actions import known
from responder.permissions.arn import Arn
from responder.permissions.target import NoTarget, Target
from responder.permissions.widening import widened

EVERYTHING = "*"
# Everything of these in an account is too much to propose: other people's data and keys
UNSCOPED = ("s3:", "kms:", "secretsmanager:", "ssm:GetParameter", "iam:", "sts:", "rds-db:", "lambda:Invoke")


class Place(NamedTuple):
    """What fills the ARNs that a text leaves out; None becomes `*`, which is then said."""

    partition: str = "aws"
    region: str | None = None
    account: str | None = None


def target(action: str, printed: str | None, place: Place) -> Target | NoTarget:
    """For an action in IAM's spelling and the resource as the text prints it."""
    if only_everything(action) or (printed == EVERYTHING and may_be_everything(action)):
        return Target((EVERYTHING,), EVERYTHING)
    whole = _complete(action, printed, place)
    if whole is None:
        return (
            _from_template(action, place)
            if printed in {None, EVERYTHING}
            else _unreadable(action, printed or "", place)
        )
    if fits(action, str(whole)):
        return widened(action, whole)
    other = _refit(action, whole)
    if other is None:
        return widened(action, whole)
    exact = str(other) if other.is_concrete else None
    return Target((str(other),), exact, None if exact else "the log names only the bucket")


def only_everything(action: str) -> bool:
    """Whether AWS lets nobody scope the action: its Resource has to be `*`."""
    found = known(action)
    return found is not None and not found.kinds


def may_be_everything(action: str) -> bool:
    """Whether a request may name no resource at all; where AWS prints `*` for one, no narrower statement lets it through."""
    found = known(action)
    return found is not None and not found.required and not action.startswith(UNSCOPED)


def fits(action: str, arn: str) -> bool:
    """Whether the ARN is of a kind that the action takes; True where the table does not know the action."""
    found = known(action)
    if found is None:
        return True
    return any(_shape(_template(action, kind)).fullmatch(arn) for kind in found.kinds)


def _template(action: str, kind: str) -> str:
    return load().resources[action.partition(":")[0]].get(kind, "")


@cache
def _shape(template: str) -> re.Pattern[str]:
    """A template as a pattern; a wildcard of the ARN at hand fits what the template leaves open."""
    if template.endswith(":s3:::*"):  # a bucket has no slash, an object has
        template = template.removesuffix("*") + "\1"
    parts = {":P:": ":aws[a-z-]{0,20}:", ":R:": ":[a-z0-9*-]{0,30}:", ":A:": r":(?:\d{12}|aws|\*|):"}
    pattern = re.escape(template.replace(":P:", ":\0P:")).replace("\\\0P", "P").replace("\0P", "P")
    pattern = pattern.replace(re.escape("*"), ".{0,1024}").replace("\1", "[^/]{1,1024}")
    for mark, shape in parts.items():
        pattern = pattern.replace(mark, shape)
    return re.compile(pattern, re.DOTALL)


# ------------------------------------------------------------------------------------------ what was printed


def _complete(action: str, printed: str | None, place: Place) -> Arn | None:
    """An ARN out of an ARN, a label or a bare name."""
    if not printed or printed == EVERYTHING:
        return None
    text = printed.rstrip(".")
    if text.startswith("arn:"):
        text = text if ":s3:::" in text else text.replace(" ", "?")
        return arns.read(text + "*" if text.endswith(("/", ":")) else text)
    return arns.read(_named(action, text, place)) if re.fullmatch(r"[\w+=,.@/-]{1,512}", text, re.ASCII) else None


def _named(action: str, name: str, place: Place) -> str | None:
    """IAM and Secrets Manager print names; others too, where the kind is the action's only one."""
    partition, account, region = place.partition, place.account or "*", place.region or "*"
    prefix, _, operation = action.partition(":")
    if prefix == "iam":
        kind = next(
            (each for each in ("InstanceProfile", "Role", "User", "Group", "Policy") if each in operation), None
        )
        return (
            f"arn:{partition}:iam::{account}:{'instance-profile' if kind == 'InstanceProfile' else kind.lower()}/{name}"
            if kind
            else None
        )
    if prefix == "secretsmanager":
        return f"arn:{partition}:secretsmanager:{region}:{account}:secret:{name}-??????"
    found = known(action)
    kinds = found.kinds if found else ()
    template = _template(action, kinds[0]) if len(kinds) == 1 else ""
    return _fill(template, place).replace("*", name, 1) if template.count("*") == 1 else None


def _unreadable(action: str, printed: str, place: Place) -> Target | NoTarget:
    """An S3 key may hold what an ARN in a policy must not: then its folder is what can be named."""
    match = re.match(r"arn:(aws[a-z-]{0,20}):s3:::([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:/|$)", printed)
    if match is None:
        found = _from_template(action, place)
        if isinstance(found, NoTarget):
            return found
        return Target(found.resources, None, "the log's resource is not one that can stand in a policy")
    folder = arns.read(printed.rpartition("/")[0] + "/*")
    wide = str(folder) if folder and folder.is_concrete else f"arn:{match[1]}:s3:::{match[2]}/*"
    if folder and not arns.WILD.search(str(folder).removesuffix("/*")):
        wide = str(folder)
    return Target(
        (wide,), None, "the object's key holds characters that mean something else in a policy, so its folder is named"
    )


def _refit(action: str, whole: Arn) -> Arn | None:
    """A bucket's action printed with an object, or an object's with the bucket: S3 prints what the call was about."""
    if whole.service != "s3" or whole.account:
        return None
    bucket, slash, _ = whole.rest.partition("/")
    other = bucket if slash else f"{bucket}/*"
    changed = Arn(whole.partition, whole.service, whole.region, whole.account, other)
    return changed if fits(action, str(changed)) else None


def _from_template(action: str, place: Place) -> Target | NoTarget:
    """All things of the kind in this account: only where the kind has the account in its ARN."""
    found = known(action)
    if found and not found.required and len(found.optional) > 1:
        return NoTarget("the log does not name the resource, and the action is for several kinds of one, or for none")
    kind = next(iter(found.required or found.kinds), None) if found else None
    template = _template(action, kind) if kind else ""
    if ":A:" not in template or action.startswith(UNSCOPED):
        return NoTarget("the log does not name the resource")
    where = "in this account and region" if place.region and place.account else "in the account"
    return Target(
        (_fill(template, place),),
        None,
        f"the log does not name the resource, so every {kind} {where} is meant: put in the one you use",
    )


def _fill(template: str, place: Place) -> str:
    filled = template.replace("arn:P:", f"arn:{place.partition}:", 1)
    return filled.replace(":R:", f":{place.region or '*'}:").replace(":A:", f":{place.account or '*'}:")
