// One fact as people read it: the other name, title, dates, status, confidence, and the sentences that state it with the words marked.
function whenText(fact) {
  const [a, b] = [fact.start && dateText(fact.start[0]), fact.end && dateText(fact.end[0])];
  if (a && b) return a === b ? word("on", { a }) : word("from", { a, b });
  return a ? word(statuses.get(fact.status).tense === "present" ? "since" : "starting", { a }) : b ? word("until", { a: b }) : null;
}

// Whether it holds: its status, unless a succession has ended what the text states as holding.
function statusText(fact) {
  const status = statuses.get(fact.status);
  return status.plain && !fact.holds ? word("ended") : labelOf(status);
}

function standing(fact) {
  return `${statusText(fact)} · ${whenText(fact) || word("undated")}`;
}

function chip(fact) {
  return make("span", { class: fact.holds ? "chip holds" : "chip" }, statusText(fact));
}

function meter(fact) {
  const percent = Math.round(fact.confidence * 100);
  const bar = make("i", { "aria-hidden": "true" });
  bar.style.setProperty("--part", `${percent}%`);
  return make("span", { class: "meter", title: word("confidence") }, bar, make("span", { class: "unseen" }, `${word("confidence")} `), `${percent} %`);
}

function factCard(fact, from, source) {
  const names = from ? [entityLink(other(fact, from))] : [entityLink(fact.subject), make("span", {}, labelOf(relations.get(fact.predicate))), entityLink(fact.object)];
  const figures = fact.quantities.map(([kind, value, unit]) => make("span", {}, `${spelled(kind)}: ${shown(value)} ${shown(unit)}`));
  return make("li", { class: "fact", "data-fact": fact.key },
    make("div", { class: "line" }, names, fact.title && make("span", { class: "title" }, isolated(fact.title[0], fact.title[1]))),
    make("div", { class: "meta" }, chip(fact), make("span", {}, whenText(fact) || word("undated")), meter(fact), figures, factLink(fact)),
    fact.said.length ? make("div", { class: "meta" }, saidBy(fact)) : null,
    fact.inferred.length ? make("div", { class: "meta" }, inferredNotes(fact)) : null,
    fact.conflicts.length ? conflictNote(fact) : null,
    evidenceOf(fact, source),
    endEvidenceOf(fact));
}

function inferredNotes(fact) {
  const others = fact.inferred.filter((w) => w !== "end");
  const end = fact.endSure === null ? word("endInferred") : word("endSure", { n: number(Math.round(fact.endSure * 100)) });
  return [fact.inferred.length > others.length && make("span", {}, end), others.length && make("span", {}, word("inferred", { a: shown(others.join(", ")) }))].filter(Boolean);
}

// The sentences from which an inferred end follows: of who took over, and when.
function endEvidenceOf(fact) {
  const spans = inView(fact.endEvidence);
  if (!spans.length) return null;
  const alone = state.selected?.it === fact;
  return make("details", { class: "rest", open: alone }, make("summary", {}, word("endEvidence")), spans.map((e) => passage(e, [fact.subject.id, fact.object.id])));
}

// From a card to the fact's own view, which a link can name.
function factLink(fact) {
  if (state.selected?.it === fact) return null;
  const about = make("span", { class: "unseen" }, ": ", factWords(fact));
  return make("button", { type: "button", class: "link", "data-open": fact.key, onclick: () => choose("fact", fact) }, word("openFact"), about);
}

function saidBy(fact) {
  const [before, after] = word("said", { a: "\u0000" }).split("\u0000");
  return make("span", {}, before, fact.said.flatMap((e, i) => [i ? ", " : "", entityLink(entities[e])]), after);
}

function conflictNote(fact) {
  const links = fact.conflicts.map((key) => byKey.get(key)).filter(Boolean).map((f) => make("button", { type: "button", class: "link", onclick: () => choose("fact", f) }, factWords(f), ` (${standing(f)})`));
  return make("div", { class: "warn" }, word("conflict"), links);
}

// Evidence of the documents that are not switched off, that of the document shown first.
function inView(evidence, source) {
  const own = (e) => Number(sourceOf(e) === source);
  return evidence.filter((e) => shows(sourceOf(e).id)).sort((a, b) => own(b) - own(a));
}

function evidenceOf(fact, source) {
  const [first, ...rest] = inView(fact.evidence, source).map((e) => passage(e, [fact.subject.id, fact.object.id]));
  if (!first) return null;
  if (!rest.length) return first;
  const more = make("details", { class: "rest" }, make("summary", {}, word("passages", { n: number(rest.length) })), rest,
    fact.passages > fact.evidence.length ? make("p", {}, word("allEvidence", { n: number(fact.passages), k: number(fact.evidence.length) })) : null);
  return make("div", {}, first, more);
}

// A sentence with the evidence marked, most of all the two names that it connects, and the names in it as links.
function passage([id, start, end], ends) {
  const source = documents[PAGE.passages[id][0]];
  return make("blockquote", { class: "source" }, make("q", { lang: source.language, dir: "auto" }, pieces([id, start, end], ends)), make("cite", {}, documentLink(source), source.issued ? ` · ${dateText(source.issued)}` : ""));
}

function pieces([id, start, end], ends) {
  const [, , text, names] = PAGE.passages[id];
  const cuts = [...new Set([0, start, end, text.length, ...names.flatMap(([a, b]) => [a, b])])].filter((c) => c <= text.length).sort((a, b) => a - b);
  return cuts.slice(0, -1).map((from, i) => piece(text, [from, cuts[i + 1]], { start, end, names, ends }));
}

function piece(text, [from, to], { start, end, names, ends }) {
  const words = shown(text.slice(from, to)).replace(/\s+/g, " ");
  const name = names.find(([a, b]) => a <= from && to <= b);
  const node = name ? make("button", { type: "button", class: ends.includes(name[2]) ? "link end" : "link", onclick: () => select(entities[name[2]]) }, words) : words;
  return from >= start && to <= end ? make("mark", {}, node) : node;
}

function documentLink(source) {
  return make("button", { type: "button", class: "link", "data-document": source.name, onclick: () => choose("document", source) }, isolated(source.title || source.name, source.language));
}

// What was said, in the sentence that says who said it.
function quote(quotation) {
  const by = state.selected?.it === quotation.speaker ? null : [entityLink(quotation.speaker), " · "];
  return make("blockquote", { class: "quote" }, make("p", { lang: quotation.language, dir: "auto" }, pieces(quotation.said, [quotation.speaker.id])), make("cite", {}, by, documentLink(quotation.document)));
}
