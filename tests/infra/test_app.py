"""What `cdk` calls tells a deployer's mistake without a traceback."""

import json
import os
import subprocess
import sys

from infra import bundle


def test_says_what_is_wrong_in_cdk_json():
    context = json.dumps({"responder": {"emails": "on-call@example.com", "quiet_minute": 3}})
    done = subprocess.run(
        [sys.executable, "app.py"],
        cwd=bundle.ROOT,
        env={**os.environ, "CDK_CONTEXT_JSON": context},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "cdk.json does not make sense:",
        'responder: emails must be a list, not "on-call@example.com".',
        "responder: quiet_minute is not a setting; quiet_minutes is.",
    ]
