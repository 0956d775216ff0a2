"""Claims in, the same out, but no office before a name is one at the firm that its bearer comes from: "总裁何知远此前任职于云溪"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.extract.chains import Places, ends, placed
from kg.extract.clauses import END
from kg.extract.lexicon import alternation, folded, listed, possessive, until
from kg.extract.titles import Offices, Role, offices, roles
from kg.model import Claim, Mention
from kg.ontology import Ontology
from kg.parse import Parsed

NEAR = 24  # characters before a name in which the office with which it is introduced is sought
SHORT, BESIDE = r"[^\W\d_]{0,2}", r"[^,.;:，。；：、\n]{0,24}"  # 则 before the words; "chipmaker", 美国 between them and the firm


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns of all that stands between a person and a firm: if that is a former one; if it is where the person comes from."""

    former: re.Pattern[str]
    origin: re.Pattern[str]
    whose: re.Pattern[str]


def left(claims: Sequence[Claim], parsed: Parsed, mentions: Sequence[Mention], ontology: Ontology) -> Iterator[Claim]:
    """Take the office with which somebody is introduced from a post that is over elsewhere, and hold that post for one in general.

    Who "comes from" a firm may work there still, but not as its head, nor with a title that is claimed of another firm.
    """
    over, general, places = ontology.over(), offices(ontology, "").general, placed(mentions)
    for claim in claims:
        comes = over and ontology.relations[claim.predicate].membership and _comes(claim, claims, parsed, places, ontology)
        yield replace(claim, predicate=general, title=None, status=over, certainty=1.0) if over and comes else claim


def _comes(claim: Claim, claims: Sequence[Claim], parsed: Parsed, places: Places, ontology: Ontology) -> bool:
    """Whether an office stands before the holder of a post, and all between the holder and the firm is that it is a former one."""
    text, language = parsed.document.text, parsed.language(claim.evidence.start)
    words, known = _words(ontology, language), offices(ontology, language)
    people, firms = ends(claim, places)
    for person, firm in ((p, f) for p in people for f in firms if p.end < f.start):
        role = _office(text, person.start, known)
        if not role or words.whose.match(text, firm.end) or _titled(claim, text[firm.end : until(END, text, firm.end)], known):
            continue
        if words.former.fullmatch(text, person.end, firm.start):
            return True
        if words.origin.fullmatch(text, person.end, firm.start):
            office, others = folded(text[role.start : role.end]), (c for c in claims if c.subject == claim.subject)
            elsewhere = any(c.object != claim.object and folded(c.title or "").endswith(office) for c in others)
            return elsewhere or role.relation != known.general or claim.status == ontology.over()
    return False


def _office(text: str, end: int, known: Offices) -> Role | None:
    """The office that stands right before a name."""
    return next((r for r in roles(text, known, max(0, end - NEAR), end) if not text[r.end : end].strip(" ,")), None)


def _titled(claim: Claim, behind: str, known: Offices) -> bool:
    """Whether what follows a firm names an office there, or the title of a claim."""
    return bool(next(roles(behind, known), None)) or bool(claim.title and claim.title in behind)


@lru_cache(maxsize=32)
def _words(ontology: Ontology, language: str) -> _Words:
    former, origin = (alternation(listed(ontology, language, name)) for name in ("formerWork", "comingFrom"))
    between = (rf"[\s,]*{SHORT}\s*{words}{BESIDE}" for words in (former, origin))
    return _Words(*(re.compile(words, re.IGNORECASE) for words in (*between, rf"\s*{possessive(ontology)}")))
