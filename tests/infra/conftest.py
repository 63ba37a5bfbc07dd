"""One synthesised template for all tests here: CDK's process takes seconds to start."""

import json

import pytest

from infra import bundle
from tests.infra.example import EVERYTHING


def pytest_itemcollected(item):
    """Whatever needs the template runs in one worker."""
    if "synthesise" in item.fixturenames:
        item.add_marker(pytest.mark.xdist_group("template"))


@pytest.fixture(scope="session")
def flags():
    """The feature flags of cdk.json, without the settings."""
    context = json.loads((bundle.ROOT / "cdk.json").read_text())["context"]
    return {name: value for name, value in context.items() if name != "responder"}


@pytest.fixture(scope="session")
def synthesise(flags, tmp_path_factory):
    """The template for given settings."""
    from aws_cdk.assertions import Template

    from infra.app import STACK, build

    def synthesised(responder):
        out = tmp_path_factory.mktemp("cdk.out")
        app = build({**flags, "responder": responder}, outdir=str(out), checked=False)
        return Template.from_stack(app.node.find_child(STACK))

    return synthesised


@pytest.fixture(scope="session")
def template(synthesise):
    """The template with every setting set."""
    return synthesise(EVERYTHING)


@pytest.fixture(scope="session")
def resources(template):
    """The resources of that template, by logical id."""
    return template.to_json()["Resources"]
