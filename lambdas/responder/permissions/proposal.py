"""From a refusal to the policy that would allow it, with what has to be known to simulate it."""

from __future__ import annotations

from dataclasses import dataclass

from responder.evidence.refusal import Denial, Form, Kind, Layer
from responder.permissions import arn as arns
from responder.permissions.actions import needed, prefix_of
from responder.permissions.companions import Companion, as_statements, companions
from responder.permissions.passed_role import passed_to
from responder.permissions.resources import Place, target
from responder.permissions.statement import Conditions, Refused, Statement, policy
from responder.permissions.target import NoTarget, Target

INDENT = 2  # of the JSON that people paste

Context = tuple[tuple[str, str], ...]  # condition key and value of the refused request


@dataclass(frozen=True, slots=True)
class Proposal:
    """A policy for what was refused, and a second one for what will be."""

    action: str
    target: Target
    policy: str
    context: Context = ()
    companions: tuple[Companion, ...] = ()
    companion_policy: str | None = None

    @property
    def asked(self) -> str:
        """The resource to simulate with."""
        return self.target.asked or self.target.resources[0]


# Texts that no policy for the refused role answers
_NO_POLICY_HELPS = frozenset(
    {
        Form.LAKE_FORMATION,
        Form.KUBERNETES,
        Form.MODEL_ACCESS,
        Form.PUBLIC_ACCESS,
        Form.BUCKET_SETTING,
        Form.ROLE_UNUSABLE,
        Form.ROLE_LACKS,
        Form.RULE_OF_AWS,
        Form.ACCOUNT,
        Form.KMS_REFERENCE,
        Form.BY_DATABASE,
        Form.UNSIGNED,
    }
)
# A HEAD request that is refused wants the right to list besides, or a missing key stays a 403
_ASKS_LIKE = {Form.HEAD: "S3KeySensor"}
_NOT_BY_ROLE = {
    Layer.RESOURCE: "the resource's own policy has to allow it",
    Layer.KMS_KEY: "the key's own policy has to allow it",
    Layer.SCP: "a service control policy of the organisation stands above the role",
    Layer.RCP: "a resource control policy of the organisation stands above the role",
    Layer.BOUNDARY: "the role's permissions boundary does not let it through",
    Layer.SESSION: "the session was opened with a policy that is narrower than the role",
    Layer.VPC_ENDPOINT: "the policy of the VPC endpoint has to allow it",
    Layer.TRUST: "the trust policy of the role to be assumed has to allow it",
    Layer.LAKE_FORMATION: "Lake Formation has to grant it",
    Layer.RBAC: "Kubernetes has to grant it",
}


def propose(denial: Denial, service: str | None, place: Place, operator: str | None = None) -> Proposal | Refused:
    """`service` is the client whose call it was, where the log tells; `place` fills what an ARN lacks."""
    if reason := why_not(denial):
        return Refused(reason)
    action = needed(denial, service)
    if action is None:
        return Refused("the log does not say which action was refused")
    place = _place(denial, place)
    printed = _printed(denial, place)
    aimed = target(action, printed, place)
    if isinstance(aimed, NoTarget):
        return Refused(aimed.reason)
    context = _context(action, denial, service, place, aimed)
    if action in {"iam:PassRole", "iam:CreateServiceLinkedRole"} and not context:
        return Refused(
            "the log does not say which service the role is for, and without that limit the right is too wide"
        )
    text = policy([Statement((action,), aimed.resources, _conditions(context))], indent=INDENT)
    if isinstance(text, Refused):
        return text
    following = companions(action, printed, operator or _ASKS_LIKE.get(denial.form), place)
    second = policy(as_statements(following), indent=INDENT) if following else None
    if isinstance(second, Refused):
        following, second = (), None
    return Proposal(action, aimed, text, context, following, second)


def _printed(denial: Denial, place: Place) -> str | None:
    """The resource as the log names it, all its words taken together."""
    printed = arns.unmasked(denial.resource, place.account)
    if printed and denial.table and printed.endswith(":catalog"):
        kind = "table" if "/" in denial.table else "database"
        return f"{printed.removesuffix('catalog')}{kind}/{denial.table}"
    folder = denial.form is Form.ATHENA and "." not in (printed or "").rpartition("/")[2]
    return f"{printed}/*" if printed and folder and "/" in printed.rpartition(":::")[2] else printed


def why_not(denial: Denial) -> str | None:
    """Why no policy for the role would help, in words; None where one may."""
    if denial.kind is not Kind.PERMISSION:
        return "not a right is missing but valid credentials"
    if denial.explicit:
        return "an explicit deny wins over every allow"
    if denial.layer in _NOT_BY_ROLE:
        return _NOT_BY_ROLE[denial.layer]
    return "it is not an identity policy that decides here" if denial.form in _NO_POLICY_HELPS else None


def _place(denial: Denial, place: Place) -> Place:
    """The principal's own account and partition come before the environment's; so does the resource's region."""
    principal, resource = arns.read(denial.principal), arns.read(arns.unmasked(denial.resource, None))
    account = principal.account if principal and principal.account.isdigit() else place.account
    region = resource.region if resource and arns.REGION.fullmatch(resource.region) else place.region
    return Place(principal.partition if principal else place.partition, region, account)


def _context(action: str, denial: Denial, service: str | None, place: Place, aimed: Target) -> Context:
    """Keys that the refused request had and that the statement is limited by."""
    if action == "iam:PassRole":
        return tuple(("iam:PassedToService", each) for each in passed_to(denial.service or service, denial.operation))
    if action == "iam:CreateServiceLinkedRole":
        linked = next((each.split("/")[2] for each in aimed.resources if each.count("/") > 2), "")  # noqa: PLR2004 - role/aws-service-role/<service>/<name>
        return (("iam:AWSServiceName", linked),) if linked.endswith("amazonaws.com") else ()
    if action.startswith("kms:") and place.region:
        caller = prefix_of(denial.service or service)
        via = caller if caller and caller != "kms" else None
        return (("kms:ViaService", f"{via}.{place.region}.{_suffix(place.partition)}"),) if via else ()
    return ()


def _conditions(context: Context) -> Conditions:
    """Several values of a key are alternatives."""
    values = {key: tuple(value for name, value in context if name == key) for key, _ in context}
    return (
        {"StringEquals": {key: each[0] if len(each) == 1 else each for key, each in values.items()}} if values else {}
    )


def _suffix(partition: str) -> str:
    return "amazonaws.com.cn" if partition == "aws-cn" else "amazonaws.com"
