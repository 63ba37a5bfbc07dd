"""What a deployer chooses may be right by itself and wrong together."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from infra import forms

if TYPE_CHECKING:
    from infra.settings import Settings


def contradictions(settings: Settings) -> Iterator[str]:
    """A sentence for each mistake that only two settings make together."""
    yield from _of_logs(settings)
    yield from _of_channels(settings)
    yield from _of_secrets(settings)
    if settings.quiet_minutes < 2 * settings.follow_up_minutes:
        yield "quiet_minutes must be at least twice follow_up_minutes, or an incident is over before it is summed up"
    if settings.log_retention_days not in forms.RETENTIONS:
        yield f"log_retention_days must be one of {', '.join(map(str, forms.RETENTIONS))}"
    for arn in settings.role_arns:
        if settings.account and arn.split(":")[4] != settings.account:
            yield f"{arn} is in another account than {settings.account}; nothing there can be simulated from here"


def _of_logs(settings: Settings) -> Iterator[str]:
    """A log group takes one filter of ours, and belongs to one environment."""
    owners: dict[str, str] = {}
    for environment in settings.environments:
        for group in environment.logs.values():
            if group not in owners:
                owners[group] = environment.name
            elif owners[group] == environment.name:
                yield f"environment {environment.name} names the log group {group} twice"
            else:
                yield f"environments {owners[group]} and {environment.name} both name the log group {group}"


def _of_channels(settings: Settings) -> Iterator[str]:
    if settings.slack_bot_secret_arn and not settings.slack_channel:
        yield "slack_bot_secret_arn needs slack_channel, the id of the channel that the bot posts to"
    if len(settings.routes) > forms.MOST_ROUTES:
        yield f"routes may have {forms.MOST_ROUTES} entries: a function's environment, in which they travel, holds 4 kB"
    for number, route in enumerate(settings.routes):
        if not any(fnmatchcase(category, route.category) for category in forms.CATEGORIES):
            yield f"routes[{number}] fits no category; they are {', '.join(forms.CATEGORIES)}"
        for channel in sorted(set(route.channels) - settings.channels):
            yield f"routes[{number}] names {channel}, which is not set up"


def _of_secrets(settings: Settings) -> Iterator[str]:
    if settings.index_secret_arn and (settings.index_url or "").startswith("http:"):
        yield "index_url must be an https address where there is an index_secret_arn to send to it"
    if settings.secrets_key_arn and not settings.secret_arns:
        yield "secrets_key_arn is of no use without a secret"
