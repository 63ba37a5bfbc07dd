"""Modules that come with Python itself, or came with an older one.

https://docs.python.org/3/whatsnew/3.12.html#removed and https://docs.python.org/3/whatsnew/3.13.html#pep-594-remove-dead-batteries-from-the-standard-library
"""

from __future__ import annotations

import sys

# module -> the first Python without it
REMOVED = dict.fromkeys(("asynchat", "asyncore", "distutils", "imp", "smtpd"), "3.12") | dict.fromkeys(
    (
        "aifc", "audioop", "cgi", "cgitb", "chunk", "crypt", "imghdr", "lib2to3", "mailcap", "msilib", "nis",
        "nntplib", "ossaudiodev", "pipes", "sndhdr", "spwd", "sunau", "telnetlib", "uu", "xdrlib",
    ),
    "3.13",
) | dict.fromkeys(("binhex",), "3.11") | dict.fromkeys(("formatter", "parser", "symbol", "macpath", "dummy_threading"), "3.10")  # fmt: skip


def is_standard(module: str) -> bool:
    """The module's first segment is, or once was, part of Python."""
    top = module.partition(".")[0]
    return top in sys.stdlib_module_names or top in REMOVED


def removed_in(module: str) -> str | None:
    """The first Python (`3.12`) that lacks the module; None for one that was never removed."""
    return REMOVED.get(module.partition(".")[0])
