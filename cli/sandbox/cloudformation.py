"""Resource types of CloudFormation that moto leaves out, and properties that it ignores.

A type that neither knows fails the deployment: moto by itself only warns, and a stack would look complete that is not.
Each missing type is made by the API call that CloudFormation itself makes, so boto3 checks its properties.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, cast

from moto.awslambda.models import LambdaFunction, LayerVersion
from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError
from moto.core.common_models import CloudFormationModel
from moto.dynamodb.models.table import Table

Client = Callable[[str], Any]
Make = Callable[[Client, str, dict[str, Any]], str]  # (client by service, resource's name, properties) -> physical id

# Written into templates by the CDK, made by nobody.
NOT_A_RESOURCE = {"AWS::CDK::Metadata"}


@cache
def install() -> None:
    for kind, make in TYPES.items():
        _model(kind, make)
    for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
        cached.cache_clear()
    setattr(LayerVersion, "physical_resource_id", property(lambda layer: layer.arn))  # noqa: B010 # mypy
    for model, complete in ((LambdaFunction, _complete_function), (Table, _complete_table)):
        create = vars(model)["create_from_cloudformation_json"].__func__
        setattr(model, "create_from_cloudformation_json", classmethod(_completed(create, complete)))  # noqa: B010 # mypy
    setattr(parsing, "parse_resource", _strict(parsing.parse_resource))  # noqa: B010 # mypy


_clients: list[Client] = []


def use(client: Client | None) -> None:
    """Through whom the missing types are made."""
    _clients[:] = [client] if client else []


def _subscription_filter(client: Client, name: str, given: dict[str, Any]) -> str:
    asked = {key[0].lower() + key[1:]: value for key, value in given.items()}
    client("logs").put_subscription_filter(**{"filterName": name, **asked})
    return str(asked.get("filterName", name))


def _subscription(client: Client, _: str, given: dict[str, Any]) -> str:
    attributes = {key: json.dumps(given[key]) for key in ("FilterPolicy", "RedrivePolicy") if key in given}
    asked = {key: given[key] for key in ("TopicArn", "Protocol", "Endpoint")}
    return str(client("sns").subscribe(**asked, Attributes=attributes, ReturnSubscriptionArn=True)["SubscriptionArn"])


def _topic_policy(client: Client, name: str, given: dict[str, Any]) -> str:
    for topic in given["Topics"]:
        client("sns").set_topic_attributes(
            TopicArn=topic, AttributeName="Policy", AttributeValue=json.dumps(given["PolicyDocument"])
        )
    return name


def _queue_policy(client: Client, name: str, given: dict[str, Any]) -> str:
    for queue in given["Queues"]:
        client("sqs").set_queue_attributes(QueueUrl=queue, Attributes={"Policy": json.dumps(given["PolicyDocument"])})
    return name


def _bucket_policy(client: Client, _: str, given: dict[str, Any]) -> str:
    client("s3").put_bucket_policy(Bucket=given["Bucket"], Policy=json.dumps(given["PolicyDocument"]))
    return str(given["Bucket"])


def _alarm(client: Client, name: str, given: dict[str, Any]) -> str:
    client("cloudwatch").put_metric_alarm(**{"AlarmName": name, **given})
    return str(given.get("AlarmName", name))


def _invoke_config(client: Client, name: str, given: dict[str, Any]) -> str:
    client("lambda").put_function_event_invoke_config(**given)
    return name


TYPES: Mapping[str, Make] = {
    "AWS::Logs::SubscriptionFilter": _subscription_filter,
    "AWS::SNS::Subscription": _subscription,
    "AWS::SNS::TopicPolicy": _topic_policy,
    "AWS::SQS::QueuePolicy": _queue_policy,
    "AWS::S3::BucketPolicy": _bucket_policy,
    "AWS::CloudWatch::Alarm": _alarm,
    "AWS::Lambda::EventInvokeConfig": _invoke_config,
}


def _complete_function(function: Any, given: Mapping[str, Any]) -> None:
    function.layers = function._get_layers_data(given.get("Layers", []))  # noqa: SLF001 # moto reads them nowhere else
    function.dead_letter_arn = given.get("DeadLetterConfig", {}).get("TargetArn")
    function.logs_group_name = given.get("LoggingConfig", {}).get("LogGroup", function.logs_group_name)
    function.architectures = given.get("Architectures", function.architectures)


def _complete_table(table: Any, given: Mapping[str, Any]) -> None:
    if expiry := given.get("TimeToLiveSpecification"):
        status = "ENABLED" if _is_true(expiry["Enabled"]) else "DISABLED"
        table.ttl = {"TimeToLiveStatus": status, "AttributeName": expiry["AttributeName"]}
    recovery = given.get("PointInTimeRecoverySpecification", {})
    if _is_true(recovery.get("PointInTimeRecoveryEnabled", False)):
        table.continuous_backups["PointInTimeRecoveryDescription"]["PointInTimeRecoveryStatus"] = "ENABLED"


def _plain(value: Any) -> Any:
    """In lists, moto leaves references to other resources as its own objects."""
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {key: _plain(each) for key, each in value.items()}
    return cast("Any", value).physical_resource_id if isinstance(value, CloudFormationModel) else value


def _is_true(value: Any) -> bool:
    return str(value).lower() == "true"


def _completed(create: Callable[..., Any], complete: Callable[[Any, Mapping[str, Any]], None]) -> Callable[..., Any]:
    def created(cls: Any, name: str, given: dict[str, Any], account: str, region: str, **more: Any) -> Any:
        made = create(cls, name, given, account, region, **more)
        complete(made, _plain(given["Properties"]))
        return made

    return created


def _strict(parse: Callable[..., Any]) -> Callable[..., Any]:
    def parse_known(resource: dict[str, Any], resources: Any) -> Any:
        kind = resource.get("Type", "")
        if _clients and kind not in NOT_A_RESOURCE and parsing.resource_class_from_type(kind) is None:
            raise ValidationError(message=f"the sandbox has no model of {kind}")
        return parse(resource, resources)

    return parse_known


def _model(kind: str, make: Make) -> type:
    """A direct subclass of moto's, which is where moto looks for types."""

    def create(_: Any, name: str, given: dict[str, Any], *__: str, **___: Any) -> Any:
        made = cast("Any", model)()
        made.physical_resource_id = make(_clients[0], name, _plain(given.get("Properties", {})))
        return made

    members = {
        "__module__": "moto.sandbox.models",  # moto takes the second part for the service
        "type": kind,
        "cloudformation_type": staticmethod(lambda: kind),
        "cloudformation_name_type": staticmethod(lambda: ""),
        "has_cfn_attr": classmethod(lambda *_: False),
        "create_from_cloudformation_json": classmethod(cast("Any", create)),
        "delete_from_cloudformation_json": classmethod(lambda *_, **__: None),
    }
    model = type(kind.replace("::", "_"), (CloudFormationModel,), members)
    return model
