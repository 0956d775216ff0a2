"""Claims of one term in, the same by status out: a document tells what is true as of its date, and the latest word holds."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.dates import bounds
from kg.model import Claim, Period
from kg.ontology import Ontology

STAGES = ("future", "present", "past")  # the tenses of a term, in the order in which it goes through them
HEEDED = 0.5  # a word that is no likelier than not changes nothing
Source = TypeVar("Source", bound=tuple[str, ...])


@dataclass(frozen=True, slots=True)
class Stated:
    """A claim with the identifiers of its entities, the language and date of its document and the words of its evidence."""

    claim: Claim
    subject: str
    object: str
    speaker: str | None
    language: str
    words: str
    issued: str | None = None


@dataclass(frozen=True, slots=True)
class _Word:
    """What one source in one document says of a term: its status and stage, the claims, and the days that the document may be of."""

    status: str
    stage: int
    claims: Sequence[Stated]
    days: tuple[str, str]

    def heeded(self) -> bool:
        """Whether it is likelier than not that the source says so."""
        return any(s.claim.status == self.status and s.claim.confidence * s.claim.certainty > HEEDED for s in self.claims)

    def before(self, later: _Word) -> bool:
        """Whether another word, of a later day, tells how the same term went on: no further back, and in no period that cannot be meant."""
        if self.days[1] >= later.days[0] or self.stage > later.stage:
            return False
        return all(_may_mean(self.stage, self.days, s.claim.period) for s in later.claims)


def by_status(members: Iterable[Stated], ontology: Ontology) -> dict[str, list[Stated]]:
    """Group by status; of the statuses that one source in one document gives, the best supported takes all.

    Of documents of different days the latest that leads on holds: what was ahead has come, what held is over. One that leads back tells of
    another term (who is back in office), and what is denied or only heard, or said in a document without a date, is no part of this.
    """
    sources: dict[tuple[str, str], list[Stated]] = defaultdict(list)
    members = tuple(members)
    disputed = len({s.speaker for s in members if s.speaker}) > 1
    for s in members:
        sources[s.claim.evidence.document, (s.speaker or "") if disputed else ""].append(s)
    told = [(supported(claims, ontology.usual()), claims) for _, claims in sorted(sources.items())]
    words = [_word(status, claims, ontology) for status, claims in told]
    ranked = sorted((w for w in words if w and w.heeded()), key=lambda w: (w.stage, w.days[1], w.status), reverse=True)
    groups: dict[str, list[Stated]] = defaultdict(list)
    for word, (status, claims) in zip(words, told, strict=True):
        groups[next((w.status for w in ranked if word and word.before(w)), status)] += claims
    return groups


def told_of(stated: Iterable[Stated]) -> dict[str, str]:
    """Map each entity to the day of the latest document that states anything of it."""
    latest: dict[str, str] = {}
    for s in stated:
        for entity in (s.subject, s.object):
            if days := bounds(s.issued):
                latest[entity] = max(latest.get(entity, ""), days[0])
    return latest


def over_by(groups: Mapping[str, list[Stated]], told: Mapping[str, str], ontology: Ontology) -> dict[str, list[Stated]]:
    """Give a term the status of what is over where it held up to a day before the last one on which anything is told of its two ends."""
    over, changed = ontology.over(), dict[str, list[Stated]]()
    for status, members in groups.items():
        ends = [days[1] for s in members if (days := bounds(s.claim.period.end))]
        known = max((told.get(entity, "") for s in members for entity in (s.subject, s.object)), default="")
        gone = over and ends and max(ends) < known and ontology.statuses[status].tense == "present"
        changed.setdefault(over if over and gone else status, []).extend(members)
    return changed


def supported(claims: Iterable[Stated], usual: str) -> str:
    """Return the status with the most confidence behind it, each document counting once; a stated one beats the usual one."""
    support: Counter[str] = Counter()
    for (status, _), confidence in surest(claims, lambda c: (c.status, c.evidence.document)).items():
        support[status] += round(confidence * 1000)
    return min(support, key=lambda status: (-support[status], status == usual, status))


def surest(members: Iterable[Stated], source: Callable[[Claim], Source]) -> dict[Source, float]:
    """Map each source of some claims to its highest confidence."""
    found: dict[Source, float] = {}
    for s in members:
        key = source(s.claim)
        found[key] = max(found.get(key, 0.0), s.claim.confidence)
    return found


def meant(stated: Stated, period: Period, ontology: Ontology) -> bool:
    """Whether a claim, as true as of its document's date, may be of a period."""
    days, stage = bounds(stated.issued), _stage(stated.claim.status, ontology)
    return days is None or stage is None or _may_mean(stage, days, period)


def left_between(members: Iterable[Stated], ontology: Ontology) -> tuple[str, str] | None:
    """Return the days between which a term ended that no document dates: the last that says that it holds, the first that it is over."""
    said = [(stage, days) for s in members if (stage := _stage(s.claim.status, ontology)) is not None and (days := bounds(s.issued))]
    held, over = ([days for stage, days in said if STAGES[stage] == tense] for tense in STAGES[1:])
    between = (max(d[0] for d in held), min(d[1] for d in over)) if held and over else ("", "")
    return between if "" < between[0] <= between[1] else None


def _word(status: str, claims: Sequence[Stated], ontology: Ontology) -> _Word | None:
    days, stage = bounds(claims[0].issued), _stage(status, ontology)
    return None if days is None or stage is None else _Word(status, stage, claims, days)


def _stage(status: str, ontology: Ontology) -> int | None:
    tense = ontology.statuses[status].tense
    return STAGES.index(tense) if tense in STAGES else None


def _may_mean(stage: int, days: tuple[str, str], period: Period) -> bool:
    """Whether who says on one of some days that something is ahead, holds or is over may mean a period."""
    start, end = bounds(period.start), bounds(period.end)
    begun = start is None or STAGES[stage] == "future" or start[0] <= days[1]
    return begun and (end is None or STAGES[stage] == "past" or end[1] >= days[0])
