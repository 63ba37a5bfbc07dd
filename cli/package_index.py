"""Which package index this machine uses: uv's or pip's environment variable, pip's configuration, else the public one."""

from __future__ import annotations

import argparse
import configparser
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

# In pip's own order, the later ones win: https://pip.pypa.io/en/stable/topics/configuration/
SECTIONS = ("global", "install")


def configured(environ: Mapping[str, str] = os.environ) -> str:
    """The address of the Simple API; it may hold a login."""
    named = environ.get("UV_DEFAULT_INDEX") or environ.get("PIP_INDEX_URL")
    if named:
        return named.removeprefix("default=")
    found = [address for file in _files(environ) for address in _in_file(file)]
    return found[-1] if found else _public()


def address(text: str) -> str:
    """What `--index` is given. Raises ArgumentTypeError for what is no address."""
    if not text.startswith(("https://", "http://")):
        raise argparse.ArgumentTypeError(f"{text} is not an address that begins with https:// or http://")
    return text


def _public() -> str:
    from pypi_simple import PYPI_SIMPLE_ENDPOINT

    return str(PYPI_SIMPLE_ENDPOINT)


def _files(environ: Mapping[str, str]) -> Iterator[Path]:
    named = environ.get("PIP_CONFIG_FILE")
    if named == os.devnull:
        return
    for folder in environ.get("XDG_CONFIG_DIRS", "/etc/xdg").split(":"):
        yield Path(folder, "pip", "pip.conf")
    yield Path("/etc/pip.conf")
    yield Path.home() / ".pip" / "pip.conf"
    yield Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config", "pip", "pip.conf")
    yield Path(sys.prefix, "pip.conf")
    if named:
        yield Path(named)


def _in_file(file: Path) -> Iterator[str]:
    parser = configparser.RawConfigParser()
    try:
        parser.read(file, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return
    for section in SECTIONS:
        if parser.has_option(section, "index-url"):
            yield parser.get(section, "index-url").strip()
