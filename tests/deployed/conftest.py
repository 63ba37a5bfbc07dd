"""The synthesised template, deployed into a sandbox with three environments, Slack, and subscribers."""

import pytest

from cli.sandbox import scenes
from cli.sandbox.assembly import synthesise
from cli.sandbox.sandbox import SLACK_SECRET_ARN, Sandbox

CHOICES = {
    "emails": ["platform-team@example.com"],
    "alarm_emails": ["platform-team@example.com"],
    "slack_webhook_secret_arn": SLACK_SECRET_ARN,
    "event_bus": "default",
    "delay_seconds": 1,
}


def pytest_itemcollected(item):
    """In one worker, so that the template is synthesised once and what a test leaves behind is there for the next."""
    item.add_marker(pytest.mark.xdist_group("deployed"))
    item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def assembly(tmp_path_factory):
    return synthesise(tmp_path_factory.mktemp("cdk.out"), scenes.ENVIRONMENTS, CHOICES)


@pytest.fixture(scope="module")
def aws(assembly):
    with Sandbox() as running:
        scenes.prepare(running)
        (running.stack,) = running.deploy(assembly)
        running.hurry()
        yield running
        running.settle()
