"""Reads the settings and makes the stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_cdk import App, Environment

from infra.settings import Settings
from infra.stack import ResponderStack

STACK = "MwaaFailureResponder"


def build(context: Mapping[str, Any] | None = None, *, outdir: str | None = None) -> App:
    """The app. `context` stands in for cdk.json's, where somebody else than the CDK's own command builds it.

    Raises BadSettings.
    """
    app = App(context=context, outdir=outdir) if context else App()
    settings = Settings.from_context(app.node.try_get_context("responder"))
    account = Environment(account=settings.account, region=settings.region)
    ResponderStack(app, STACK, settings=settings, env=account)
    return app
