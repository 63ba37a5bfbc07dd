"""Reads the settings and makes the stack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from aws_cdk import App, Environment, Validations
from cdk_nag import AwsSolutionsChecks, ServerlessChecks

from infra.settings import Settings
from infra.stack import ResponderStack

STACK = "MwaaFailureResponder"


def build(context: Mapping[str, Any] | None = None, *, outdir: str | None = None, checked: bool = True) -> App:
    """The app. `context` stands in for cdk.json's, where something else than the CDK's own command builds it.

    `checked`: synth fails on what CloudFormation would refuse and on findings of cdk-nag that nobody has acknowledged.
    Raises BadSettings.
    """
    app = App(context=context, outdir=outdir, builtin_cloud_formation_validation=checked)
    if checked:
        Validations.of(app).add_plugins(AwsSolutionsChecks(app), ServerlessChecks(app))
    settings = Settings.from_context(app.node.try_get_context("responder"))
    account = Environment(account=settings.account, region=settings.region)
    ResponderStack(app, STACK, settings=settings, env=account)
    return app
