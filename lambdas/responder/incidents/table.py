"""DynamoDB, as far as the ledger needs it: reads that see every write, and writes that happen under a condition."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

Value = str | bool | int | Sequence[str]
Item = Mapping[str, Any]

CONDITION_FAILED = "ConditionalCheckFailed"  # a reason why a transaction was cancelled


class Write(NamedTuple):
    """One write of a transaction: a new item, or an update if `update` is given."""

    id: str
    values: Mapping[str, Value]
    condition: str
    update: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Raises botocore's errors, besides those that say that a condition did not hold."""

    name: str
    client: Callable[[], Any]

    def get(self, key: str) -> Item | None:
        answer = self.client().get_item(TableName=self.name, Key={"id": {"S": key}}, ConsistentRead=True)
        item: Item | None = answer.get("Item")
        return item

    def put(self, key: str, values: Mapping[str, Value]) -> None:
        self.client().put_item(TableName=self.name, Item=_item(key, values))

    def update(self, key: str, update: str, condition: str | None, values: Mapping[str, Value]) -> Item | None:
        """The whole item after the update, or None if the condition did not hold. Names in `update` are literal."""
        client = self.client()
        wanted: dict[str, Any] = {"UpdateExpression": update, "ReturnValues": "ALL_NEW"}
        if condition:
            wanted["ConditionExpression"] = condition
        try:
            answer = client.update_item(
                TableName=self.name, Key={"id": {"S": key}}, ExpressionAttributeValues=_typed(values), **wanted
            )
        except client.exceptions.ConditionalCheckFailedException:
            return None
        item: Item = answer["Attributes"]
        return item

    def together(self, *writes: Write) -> tuple[str, ...]:
        """All or nothing. () if all were done, else a code for each write that tells why not ("None": it is not to blame)."""
        client = self.client()
        try:
            client.transact_write_items(TransactItems=[self._of_transaction(write) for write in writes])
        except client.exceptions.TransactionCanceledException as cancelled:
            reasons = cancelled.response.get("CancellationReasons", ())
            return tuple(reason.get("Code", "None") for reason in reasons) or ("Unknown",) * len(writes)
        return ()

    def _of_transaction(self, write: Write) -> dict[str, Any]:
        put = {"TableName": self.name, "ConditionExpression": write.condition}
        if not write.update:
            return {"Put": put | {"Item": _item(write.id, write.values)} | _used(write)}
        key = {"Key": {"id": {"S": write.id}}, "UpdateExpression": write.update}
        return {"Update": put | key | {"ExpressionAttributeValues": _typed(write.values)}}


def _used(write: Write) -> dict[str, Any]:
    """The values that the condition of a new item speaks of."""
    used = {name: value for name, value in write.values.items() if name.startswith(":")}
    return {"ExpressionAttributeValues": _typed(used)} if used else {}


def _item(key: str, values: Mapping[str, Value]) -> dict[str, Any]:
    return {"id": {"S": key}} | _typed({name: value for name, value in values.items() if not name.startswith(":")})


def _typed(values: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _attribute(value) for name, value in values.items()}


def _attribute(value: Value) -> dict[str, Any]:
    if isinstance(value, str):
        return {"S": value}
    if isinstance(value, bool):
        return {"BOOL": value}
    return {"N": str(value)} if isinstance(value, int) else {"SS": list(value)}
