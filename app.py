"""What `cdk` calls."""

import sys

from infra.app import build
from infra.choices import BadSettings

try:
    build().synth()
except BadSettings as bad:
    sys.exit(f"cdk.json does not make sense:\n{bad}")
