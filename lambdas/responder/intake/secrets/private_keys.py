"""Finds the inside of PEM blocks, which is what a private key is; certificates and public keys are public."""

from __future__ import annotations

from collections.abc import Iterator

from responder.evidence.lazy_pattern import lazy
from responder.intake.secrets.span import Span

LONGEST_KEY = 16_384  # characters; a 4096-bit RSA key has about 3,300
_PEM_HEADERS = 400  # characters in which its body begins: an encrypted one has two headers before
_PEM_BODY = lazy(r"[A-Za-z0-9+/]{24}")
_PEM_REST = lazy(r"(?:[A-Za-z0-9+/=\s]|\\{1,32}[nr])*+")  # of one without an end


def private_keys(text: str) -> Iterator[Span]:
    """Where they stand."""
    at = text.find("-----BEGIN ")
    while at >= 0:
        head = text.find("-----", at + 11, at + 64)
        body = _PEM_BODY.search(text, head + 5, head + 5 + _PEM_HEADERS) if head >= 0 else None
        if body and "PRIVATE" in text[at:head]:
            end = text.find("-----END", head + 5, head + LONGEST_KEY)
            rest = _PEM_REST.match(text, body.end(), head + LONGEST_KEY)
            yield head + 5, end if end >= 0 else rest.end() if rest else body.end()
            at = max(end, body.end())
        at = text.find("-----BEGIN ", at + 8)
