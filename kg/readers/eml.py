"""A saved e-mail in; its words, with the subject for title and the day it was sent, out."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from pathlib import Path

from kg.model import Document, Issue
from kg.readers.html import article
from kg.readers.text import below
from kg.readers.wrapping import unwrapped


def read(path: Path, identifier: str) -> Iterator[Document | Issue]:
    """Yield the text of an e-mail, of its plain part where there is one; an issue names what is attached and not read."""
    with path.open("rb") as file:
        message = email.message_from_binary_file(file, policy=email.policy.default)
    body = message.get_body(("plain", "html"))
    if not message.keys() or body is None:
        yield Issue(identifier, "no text in the e-mail")
        return
    try:
        content = str(body.get_content(errors="strict"))
    except (LookupError, UnicodeDecodeError) as error:
        yield Issue(identifier, f"damaged e-mail: {error}")
        return
    title = " ".join(str(message.get("subject", "")).split()) or None
    found = article(content, identifier) if body.get_content_subtype() == "html" else Document(identifier, unwrapped(content))
    if isinstance(found, Issue):
        yield found
        return
    sent = getattr(message.get("date"), "datetime", None)
    yield Document(identifier, below(title, found.text), title=title, issued=sent.date().isoformat() if sent else None)
    for part in message.iter_attachments():
        yield Issue(identifier, f"attachment not read: {part.get_filename() or part.get_content_type()}")
