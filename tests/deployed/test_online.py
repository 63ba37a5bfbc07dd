"""The resolver that travels with the responder proves a correction, from inside the function, on the real index."""

import pytest
from pypi_simple import PYPI_SIMPLE_ENDPOINT
from responder.inquiry.package_index import PackageIndex
from responder.inquiry.question import CouldNot

from cli.sandbox import scenes
from cli.sandbox.sandbox import Sandbox
from cli.sandbox.scenes import SCENES

pytestmark = pytest.mark.online


@pytest.fixture(scope="module")
def aws(assembly):
    try:
        PackageIndex(PYPI_SIMPLE_ENDPOINT, lambda: None).project("packaging", 10)
    except CouldNot as reason:
        pytest.skip(f"no package index: {reason}")
    with Sandbox(internet=True) as running:
        scenes.prepare(running)
        running.deploy(assembly)
        running.hurry()
        yield running


def test_a_corrected_requirements_file_is_proven(aws):
    scene = next(each for each in SCENES if each.cause == "requirements-conflict")
    scene.play(aws)
    mail = aws.messages(1)[0]["Message"]
    assert "-pandas==2.2.3\n+pandas==2.1.4" in mail
    assert "Proven before it was posted" in mail
    assert aws.web.tunnelled
