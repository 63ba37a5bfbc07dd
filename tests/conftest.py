"""For all tests: no time limits, and no account that the shell is logged in to."""

import os

from hypothesis import settings

# How long an example takes is `make bench`'s business; a busy machine must not fail a test.
settings.register_profile("here", deadline=None, max_examples=50)
settings.register_profile("thorough", deadline=None, max_examples=1000)  # pytest --hypothesis-profile=thorough
settings.load_profile("here")

for name in ("AWS_PROFILE", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"):
    os.environ.pop(name, None)
os.environ.update(AWS_DEFAULT_REGION="eu-west-1", AWS_EC2_METADATA_DISABLED="true")


def pytest_addoption(parser):
    parser.addoption(
        "--rewrite-messages",
        action="store_true",
        help="write tests/golden anew; look at the difference before you commit it",
    )
