"""The command `mwaa-responder`: finds the sub-command's module and hands over to it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from importlib import import_module

# sub-command -> the module whose main(argv) does it, and what it is for; imported only when it is called,
# so that `diagnose` does not pay for the sandbox
COMMANDS = {
    "diagnose": ("cli.diagnose", "say what broke, why, and what to do, for log files or events"),
    "evaluate": ("cli.evaluate", "compare diagnoses with folders of labelled cases"),
    "bench": ("cli.bench", "measure speed, memory and size, each beside its bar"),
    "requirements": ("cli.requirements", "resolve a requirements.txt as an environment would"),
    "discover": ("cli.discover", "fill cdk.json from the environments of this account"),
    "replay": ("cli.replay", "send the events that intake failed on through it again"),
    "demo": ("cli.demo", "play real failures through the deployed stack in a local AWS"),
    "faults": ("cli.faults.matrix", "play failures while services and functions fail, and count the messages"),
    "knowledge": ("cli.knowledge.build", "rebuild the tables of names from the package index"),
}

INTERRUPTED = 130  # what a shell says of a program that Ctrl-C ended


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one sub-command and returns its exit code; without one, says which there are."""
    given = sys.argv[1:] if argv is None else argv
    arguments = _parser().parse_args(given or ["--help"])
    module, _ = COMMANDS[arguments.command]
    try:
        return int(import_module(module).main(arguments.rest))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # `… | head` has seen enough; what Python still holds back must not raise it again at the end
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="mwaa-responder",
        description="Diagnoses Amazon MWAA failures and proves the remedy first.",
        epilog="commands:\n" + "\n".join(f"  {name:<13} {purpose}" for name, (_, purpose) in COMMANDS.items()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("command", choices=COMMANDS, metavar="command", help="one of those below; each has its --help")
    parser.add_argument("rest", nargs=argparse.REMAINDER, metavar="…", help="the command's own arguments")
    return parser


if __name__ == "__main__":
    sys.exit(main())
