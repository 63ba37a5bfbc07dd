"""A value from Secrets Manager, kept for a while, never logged."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from responder.notify.aws_refusal import undelivered
from responder.notify.channel import Undelivered

ACTIONS = ("secretsmanager:GetSecretValue",)

FRESH_SECONDS = 300.0  # how long a rotated value may go unnoticed; a refused one is read again at once


@dataclass(slots=True)
class Secret:
    """`keys`: where in a JSON secret the value may stand; a secret that is plain text is the value itself."""

    arn: str
    keys: tuple[str, ...]
    client: Callable[[], Any]
    clock: Callable[[], float] = time.monotonic
    _value: str = field(default="", repr=False)
    _read_at: float = 0.0

    def value(self, *, newer_than: str | None = None) -> str:
        """The value; with `newer_than`, read again if that is the one at hand. Raises Undelivered."""
        known = self._value and self.clock() - self._read_at < FRESH_SECONDS and self._value != newer_than
        if not known:
            self._value, self._read_at = self._read(), self.clock()
        return self._value

    def _read(self) -> str:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            text = self.client().get_secret_value(SecretId=self.arn)["SecretString"]
        except (BotoCoreError, ClientError) as error:
            raise undelivered("the secret cannot be read", error) from None
        except KeyError:
            raise Undelivered("the secret holds no text", recoverable=False) from None
        return self._chosen(text).strip()

    def _chosen(self, text: str) -> str:
        if not text.lstrip().startswith("{"):
            return str(text)
        try:
            fields = json.loads(text)
        except ValueError:
            raise Undelivered("the secret is not valid JSON", recoverable=False) from None
        found = next((fields[key] for key in self.keys if isinstance(fields.get(key), str)), None)
        if found is None:
            raise Undelivered(f"the secret has none of the keys {', '.join(self.keys)}", recoverable=False)
        return str(found)
