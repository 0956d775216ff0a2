"""A saved e-mail in; its words, with the subject for title and the day it was sent, out."""

from __future__ import annotations

import base64
import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import MIMEPart
from itertools import takewhile
from operator import itemgetter
from pathlib import Path
from typing import cast

from kg.model import Document, Issue
from kg.readers.html import article, widest
from kg.readers.text import below
from kg.readers.wrapping import unwrapped

LETTERS = re.compile(r"[A-Za-z0-9+/]+={0,2}")  # a line of base64
FLOWS = re.compile(r"(?<!^--) \r?\n", re.MULTILINE)


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the text of an e-mail, of its plain part where that has one; an issue names what is attached and not read."""
    message = email.message_from_bytes(path.read_bytes().removeprefix(codecs.BOM_UTF8), policy=email.policy.default)
    try:
        body, content, whole = _body(message)
    except ValueError as error:
        yield Issue(identifier, f"damaged e-mail: {error}")
        return
    if not message.keys() or body is None:
        yield Issue(identifier, "no text in the e-mail")
        return
    if not whole and not content.strip():
        yield Issue(identifier, "its text is broken: nothing of it can be decoded")
        return
    title = " ".join(str(message.get("subject", "")).split()) or None
    found = article(content, identifier) if body.get_content_subtype() == "html" else Document(identifier, unwrapped(content))
    if isinstance(found, Issue):
        yield found
        return
    sent = getattr(message.get("date"), "datetime", None)
    if not whole:
        yield Issue(identifier, "its text is cut off or broken: what stands before is read")
    yield Document(identifier, below(title, found.text), title=title, issued=sent.date().isoformat() if sent else None)
    for part in _others(message, body):
        yield Issue(identifier, f"attachment not read: {part.get_filename() or part.get_content_type()}")


def _body(message: MIMEPart) -> tuple[MIMEPart | None, str, bool]:
    """The first of the plain part and the HTML part that holds more than white space, a whole one rather than a broken one.

    Else the last there is; with what it says, and whether that is all.
    """
    body, content, whole = None, "", True
    for form in ("plain", "html"):
        part = message.get_body((form,))
        if part is not None and not (content.strip() and whole):
            text, complete = _decoded(part)
            if not content.strip() or (text.strip() and complete):
                body, content, whole = part, _flowed(text, part), complete
    return body, content, whole


def _data(part: MIMEPart) -> tuple[bytes, bool]:
    """The bytes of a part, and whether those are all: of base64 that is cut off or broken, the lines before that."""
    if str(part.get("content-transfer-encoding")).strip().lower() != "base64":
        return cast("bytes", part.get_payload(decode=True)), True
    lines = [line.strip() for line in cast("str", part.get_payload()).split("\n") if line.strip()]
    try:
        return base64.b64decode("".join(lines), validate=True), True
    except ValueError:
        letters = "".join(takewhile(LETTERS.fullmatch, lines)).partition("=")[0]
        return base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + "=="), False


def _decoded(part: MIMEPart) -> tuple[str, bool]:
    """The text of a part, and whether that is all; in the encoding stated or in UTF-8: many a mailer states a wrong one or none."""
    data, complete = _data(part)
    stated, found = part.get_content_charset("utf-8"), []
    for encoding in (stated, "utf-8"):
        with suppress(LookupError, ValueError):
            found.append(_text(data, widest(encoding)))
    if not found:
        raise ValueError(f"its text is not in {stated}")
    text, whole = max(found, key=itemgetter(1))
    return text, whole and complete


def _text(data: bytes, encoding: str) -> tuple[str, bool]:
    """The text of bytes, and whether that is all: a last character may be cut off."""
    try:
        return data.decode(encoding), True
    except UnicodeDecodeError:
        return codecs.getincrementaldecoder(encoding)().decode(data), False


def _flowed(content: str, part: MIMEPart) -> str:
    """A text without the line ends that its mailer says only wrap it (RFC 3676)."""
    if str(part.get_param("format")).lower() != "flowed":
        return content
    return FLOWS.sub("" if str(part.get_param("delsp")).lower() == "yes" else " ", content)


def _others(message: MIMEPart, read: MIMEPart) -> Iterator[MIMEPart]:
    """Yield the parts, at any depth, that are neither the one read nor another form of it."""
    if message.get_content_maintype() != "multipart":
        if message is not read:
            yield message
        return
    parts = list(message.iter_parts())
    if message.get_content_subtype() == "alternative":
        parts = [part for part in parts if read in part.walk()] or parts[-1:]
    for part in parts:
        yield from _others(part, read)
