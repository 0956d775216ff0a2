// The data of the page as objects that know each other: entities, facts, documents, groups.
const DAY = 86400000;
const MOST = 2000;

// Days since 1970 of [as stated, earliest, latest]; without the latter two, what the precision stated allows.
function firstDay([value, earliest]) {
  return Date.parse(earliest || `${value}-01-01`.slice(0, 10)) / DAY;
}

function lastDay([value, , latest]) {
  const [year, month] = value.split("-").map(Number);
  return (latest || value.length > 7 ? Date.parse(latest || value) : Date.UTC(year, month || 12, 0)) / DAY;
}

const classes = new Map(PAGE.classes.map((c) => [c.name, c]));
const relations = new Map(PAGE.relations.map((r) => [r.name, r]));
const statuses = new Map(PAGE.statuses.map((s) => [s.name, s]));
const documents = PAGE.documents.map(([name, title, language, issued, source, sha256, iri, addressed, since], id) => ({ id, name, title, language, issued, source, sha256, iri, addressed, since: since ? Date.parse(since) / DAY : null, facts: [] }));
const topOf = (cls) => classes.get(cls)?.top ?? cls;

const entities = PAGE.entities.map(([name, label, language, kind, names, mentions, concept, x, y, radius, group], id) => ({
  id, name, label: label.trim() ? label : name, stated: label, language, cls: PAGE.kinds[kind].at(-1), classes: PAGE.kinds[kind], names, mentions, concept, x, y, radius, group, facts: [], quotations: [],
}));

const facts = PAGE.facts.map(([subject, object, key, predicate, status, title, start, end, confidence, evidence, sources, passages, said, quantities, inferred, conflicts, endSure, endEvidence, holds, member], id) => {
  const fact = { id, key, subject: entities[subject], object: entities[object], predicate, status, title, start, end, confidence, evidence, sources, passages, said, quantities, inferred, conflicts, endSure, endEvidence, holds: Boolean(holds), member: Boolean(member) };
  fact.from = start ? firstDay(start) : null;
  fact.to = end ? lastDay(end) : null;
  fact.ended = end && firstDay(end) === fact.to ? fact.to : null; // where the very day is told
  fact.subject.facts.push(fact);
  if (fact.object !== fact.subject) fact.object.facts.push(fact);
  sources.forEach((d) => documents[d].facts.push(fact));
  return fact;
});

const quotations = PAGE.quotations.map(([speaker, language, said]) => {
  const quotation = { speaker: entities[speaker], language, said, document: documents[PAGE.passages[said[0]][0]] };
  quotation.speaker.quotations.push(quotation);
  return quotation;
});

const groups = PAGE.groups.map(([members, x, y, width, height, tray], id) => ({ id, members: members.map((m) => entities[m]), x, y, width, height, tray: Boolean(tray), radius: Math.min(width, height) * 0.3 }));
const byName = new Map(entities.map((e) => [e.name, e]));
const byKey = new Map(facts.map((f) => [f.key, f]));
const byDocument = new Map(documents.map((d) => [d.name, d]));
const OVERVIEW = PAGE.network.overview;

function other(fact, entity) {
  return fact.subject === entity ? fact.object : fact.subject;
}

function groupName(group) {
  const first = shown(group.members[0].label);
  return group.members.length > 1 ? word("groupName", { a: first, n: number(group.members.length - 1) }) : first;
}
