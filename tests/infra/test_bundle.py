"""What is built for AWS and for this machine, without Docker."""

import io
import os
import subprocess
import sys
import zipfile

import pytest

from infra import bundle

MOST_BYTES = 2 * 1024 * 1024


@pytest.fixture(scope="module")
def for_lambda():
    return bundle.code(bundle.LAMBDA)


@pytest.fixture(scope="module")
def for_here():
    return bundle.code(bundle.this_machine())


def test_holds_the_package_and_what_it_imports(for_lambda):
    assert {"responder", "aws_lambda_powertools", "slack_sdk", "packaging"} <= {
        path.name for path in for_lambda.iterdir()
    }


def test_leaves_to_the_runtime_what_it_has(for_lambda):
    assert not {"boto3", "botocore", "urllib3", "pydantic"} & {path.name for path in for_lambda.iterdir()}


def test_fits_the_bar(for_lambda):
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path in for_lambda.rglob("*"):
            zipped.write(path, path.relative_to(for_lambda))
    assert len(archive.getvalue()) <= MOST_BYTES


@pytest.mark.parametrize("handler", ["intake_handler", "responder_handler"])
def test_runs_on_its_own(for_here, handler):
    """Nothing but the bundle and the runtime's boto3 is needed to import a handler."""
    boto3 = next(path for path in sys.path if path.endswith("site-packages"))
    program = f"import sys; sys.path.append({boto3!r}); import responder.{handler} as h; assert callable(h.handle); print(h.__file__)"
    environment = {**os.environ, "PYTHONPATH": str(for_here), "AWS_DEFAULT_REGION": "eu-west-1"}
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        env=environment,
        cwd=for_here,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(str(for_here))


def test_has_byte_code_where_it_fits(for_here):
    """A function cannot write byte code, so a bundle that fits this interpreter brings it."""
    compiled = for_here / "responder/__pycache__" / f"model.{sys.implementation.cache_tag}.pyc"
    unchecked = 0b01  # https://docs.python.org/3/reference/import.html#pyc-invalidation
    assert int.from_bytes(compiled.read_bytes()[4:8], "little") == unchecked


def test_brings_the_resolver_of_the_right_processor():
    uv = bundle.resolver_layer(bundle.LAMBDA) / "bin/uv"
    aarch64 = 183  # e_machine, https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.eheader.html
    assert int.from_bytes(uv.read_bytes()[18:20], "little") == aarch64
    assert os.access(uv, os.X_OK)


def test_runs_the_resolver_here():
    uv = bundle.resolver_layer(bundle.this_machine()) / "bin/uv"
    said = subprocess.run([uv, "--version"], capture_output=True, text=True, check=True).stdout
    pinned = (bundle.SOURCE / "requirements-uv.in").read_text().split("uv==")[1].strip()
    assert said.split()[1] == pinned


def test_builds_once():
    first = bundle.resolver_layer(bundle.this_machine())
    before = first.stat().st_mtime_ns
    assert bundle.resolver_layer(bundle.this_machine()) == first
    assert first.stat().st_mtime_ns == before
