"""A saved e-mail in; its words, with the subject for title and the day it was sent, out."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterator
from contextlib import suppress
from email.message import MIMEPart
from pathlib import Path
from typing import cast

from kg.model import Document, Issue
from kg.readers.html import article, widest
from kg.readers.text import below
from kg.readers.wrapping import unwrapped

FLOWS = re.compile(r"(?<!^--) \r?\n", re.MULTILINE)


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the text of an e-mail, of its plain part where that has one; an issue names what is attached and not read."""
    message = email.message_from_bytes(path.read_bytes().removeprefix(codecs.BOM_UTF8), policy=email.policy.default)
    try:
        body, content = _body(message)
    except (LookupError, ValueError) as error:
        yield Issue(identifier, f"damaged e-mail: {error}")
        return
    if not message.keys() or body is None:
        yield Issue(identifier, "no text in the e-mail")
        return
    title = " ".join(str(message.get("subject", "")).split()) or None
    found = article(content, identifier) if body.get_content_subtype() == "html" else Document(identifier, unwrapped(content))
    if isinstance(found, Issue):
        yield found
        return
    sent = getattr(message.get("date"), "datetime", None)
    yield Document(identifier, below(title, found.text), title=title, issued=sent.date().isoformat() if sent else None)
    for part in _others(message, body):
        yield Issue(identifier, f"attachment not read: {part.get_filename() or part.get_content_type()}")


def _body(message: MIMEPart) -> tuple[MIMEPart | None, str]:
    """The first of the plain part and the HTML part that holds more than white space, else the last there is, and what it says."""
    body, content = None, ""
    for form in ("plain", "html"):
        part = message.get_body((form,))
        if part is not None and not content.strip():
            body, content = part, _flowed(_decoded(part), part)
    return body, content


def _decoded(part: MIMEPart) -> str:
    """The text of a part in the encoding that it states, else in UTF-8: many a mailer states a wrong one or none."""
    data = cast("bytes", part.get_payload(decode=True))
    try:
        return data.decode(widest(part.get_content_charset("utf-8")))
    except (LookupError, ValueError):
        with suppress(UnicodeDecodeError):
            return data.decode()
        raise


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
