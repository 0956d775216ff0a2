"""An Accept header and the media types on offer in, the best of them out (RFC 9110, section 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.requests import Request


def wanted(request: Request) -> str | None:
    """Return what a request says it accepts; several lines of it are one list (RFC 9110, section 5.3)."""
    return ", ".join(request.headers.getlist("accept")) or None


def best(accept: str | None, offered: Mapping[str, str]) -> str | None:
    """Return the offered media type that a client likes most, the earlier of equals; None where it takes none of them."""
    ranges = _ranges(accept) or [("*/*", 1.0)]
    ranked = sorted(offered, key=lambda media: -_liking(media, ranges))
    return ranked[0] if ranked and _liking(ranked[0], ranges) > 0 else None


def _ranges(accept: str | None) -> list[tuple[str, float]]:
    found = []
    for part in (accept or "").split(","):
        media, *parameters = (p.strip().lower() for p in part.split(";"))
        if media:
            found.append((media, _quality(parameters)))
    return found


def _quality(parameters: list[str]) -> float:
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(1.0, max(0.0, float(value)))
            except ValueError:
                return 0.0
    return 1.0


def _liking(media: str, ranges: list[tuple[str, float]]) -> float:
    """Return the quality of the most specific range that a media type falls into."""
    kind = media.split("/", 1)[0]
    for pattern in (media, f"{kind}/*", "*/*"):
        qualities = [q for r, q in ranges if r == pattern]
        if qualities:
            return max(qualities)
    return 0.0
