"""The composition root: clients, inquirers and channels are built here and nowhere else, each when first needed."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from responder.diagnosis.catalogue import load
from responder.incidents.follow_up import FollowUps
from responder.incidents.incident import Rhythm
from responder.incidents.ledger import Ledger
from responder.incidents.outbox import Outbox
from responder.incidents.table import Table
from responder.incidents.word import Words
from responder.intake.log_reader import LogReader
from responder.notify.announce import Announcer
from responder.notify.channel import Channel
from responder.notify.delivery import Postman
from responder.pipeline import Inquirers, Practice
from responder.settings import Settings

CONNECT_SECONDS = 3
READ_SECONDS = 8  # one slow call must leave time for the others
RETRIES = {"mode": "standard", "max_attempts": 3}
PATIENT = {
    "mode": "adaptive",
    "max_attempts": 4,
}  # https://boto3.amazonaws.com/v1/documentation/api/latest/guide/retries.html


@cache
def client(service: str) -> Any:
    """boto3's client of that name, made once. IAM throttles early and is asked with more patience."""
    import boto3
    from botocore.config import Config

    retries = PATIENT if service == "iam" else RETRIES
    config = Config(connect_timeout=CONNECT_SECONDS, read_timeout=READ_SECONDS, retries=retries)  # type: ignore[arg-type]  # stubs want literals
    return boto3.client(service, config=config)  # type: ignore[call-overload]  # the service's name is an argument


def lazily(service: str) -> Callable[[], Any]:
    """A client that is made when it is first called for."""
    return lambda: client(service)


def reader() -> LogReader:
    return LogReader(lazily("logs"))


def inquirers(settings: Settings) -> Inquirers:
    """Whom to ask, by the kind of question. Loaded when first asked: most sightings are repeats, which ask nobody."""
    from responder.inquiry.dag_source import DagSourceInquirer, SourceAround
    from responder.inquiry.environment import EnvironmentInquirer, EnvironmentState
    from responder.inquiry.environment_files import DeployedInquirer, EnvironmentFiles, OwnCodeInquirer
    from responder.inquiry.iam import IamInquirer
    from responder.inquiry.iam_baseline import BaselineInquirer
    from responder.inquiry.iam_questions import BaselineRights, WhyDenied
    from responder.inquiry.iam_simulator import Simulator
    from responder.inquiry.index import IndexInquirer, IndexLogin
    from responder.inquiry.installation import InstallationInquirer
    from responder.inquiry.package_index import PackageIndex
    from responder.inquiry.requirements import CorrectedFileInquirer
    from responder.requirements.asked import CorrectedFile, DeployedRequirements, LastInstallation, OnIndex, OwnCode

    environments = EnvironmentInquirer(lazily("mwaa"))
    files = EnvironmentFiles(lazily("s3"), environments)
    simulator = Simulator(lazily("iam"))
    index = partial(PackageIndex, settings.index_url, IndexLogin(settings.index_secret_arn, lazily("secretsmanager")))
    return {
        EnvironmentState: environments,
        SourceAround: DagSourceInquirer(lazily("s3"), environments),
        WhyDenied: IamInquirer(
            environments=environments,
            iam=lazily("iam"),
            sts=lazily("sts"),
            s3=lazily("s3"),
            toolbox=lazily("iam-toolbox"),
            simulator=simulator,
        ),
        BaselineRights: BaselineInquirer(environments, simulator),
        DeployedRequirements: DeployedInquirer(files),
        OwnCode: OwnCodeInquirer(files),
        LastInstallation: InstallationInquirer(lazily("logs"), environments),
        OnIndex: IndexInquirer(index),
        CorrectedFile: CorrectedFileInquirer(files, index, settings.uv_path, Path(gettempdir())),
    }


def channels(settings: Settings) -> tuple[Channel, ...]:
    """Those that are configured. Loaded, like the inquirers, apart from what every sighting needs."""
    from responder.notify.amazon_q import AmazonQ
    from responder.notify.event_bus import EventBus
    from responder.notify.secret import Secret
    from responder.notify.slack_bot import SlackBot
    from responder.notify.slack_webhook import SlackWebhook
    from responder.notify.sns import Sns

    found: list[Channel] = []
    secrets = lazily("secretsmanager")
    if settings.topic_arn:
        found.append(Sns(settings.topic_arn, lazily("sns")))
    if settings.amazon_q_topic_arn:
        found.append(AmazonQ(settings.amazon_q_topic_arn, lazily("sns")))
    if settings.slack_webhook_secret_arn:
        found.append(SlackWebhook(Secret(settings.slack_webhook_secret_arn, ("url", "webhook_url"), secrets)))
    if settings.slack_bot_secret_arn and settings.slack_channel:
        found.append(SlackBot(settings.slack_channel, Secret(settings.slack_bot_secret_arn, ("token",), secrets)))
    if settings.event_bus:
        found.append(EventBus(settings.event_bus, lazily("events")))
    return tuple(found)


def practice(settings: Settings) -> Practice:
    """All that `pipeline.respond` needs."""
    table = Table(settings.table_name, lazily("dynamodb"))
    rhythm = Rhythm(settings.follow_up_minutes, settings.quiet_minutes)
    lease_ms = settings.lease_seconds * 1000
    ledger, outbox = Ledger(table, rhythm, lease_ms), Outbox(table, lease_ms)
    configured = channels(settings)
    return Practice(
        rules=load(),
        reader=reader(),
        inquirers=cache(partial(inquirers, settings)),
        ledger=ledger,
        words=Words(table),
        announcer=Announcer(
            ledger=ledger,
            outbox=outbox,
            follow_ups=FollowUps(settings.queue_url, lazily("sqs"), ledger, rhythm),
            postman=Postman(outbox, configured),
            channels=configured,
            routes=settings.routes,
            now=lambda: int(time.time() * 1000),
        ),
        policy=settings.alert_policy,
    )
