"""Synthesises this project's own app for the sandbox: the same stack, for the interpreter at hand and given environments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from cli.sandbox.environment import MwaaEnvironment
from cli.sandbox.world import ACCOUNT, REGION

PROJECT = Path(__file__).resolve().parent.parent.parent


def synthesise(outdir: Path, environments: Iterable[MwaaEnvironment], choices: Mapping[str, Any]) -> Path:
    """The folder to deploy. `choices` are settings of `cdk.json` beside the environments. Raises BadSettings."""
    from infra.app import build  # starts a process of node's, so only when it is needed

    context = json.loads((PROJECT / "cdk.json").read_text())["context"]
    context["responder"] = {
        "account": ACCOUNT,
        "region": REGION,
        "bundle": "this-machine",
        "environments": {each.name: each.settings(ACCOUNT) for each in environments},
        **choices,
    }
    build(context, outdir=str(outdir), checked=False).synth()
    return outdir
