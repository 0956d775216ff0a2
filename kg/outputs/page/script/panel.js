// The panel beside the picture: what is chosen, or the way in where nothing is.
const MANY = 40;

function showPanel() {
  const panel = $("panel");
  const chosen = state.selected;
  const parts = state.path ? pathParts() : !chosen ? homeParts() : { entity: entityParts, fact: factParts, document: documentParts, group: groupParts }[chosen.kind](chosen.it);
  const key = state.path ? `path ${state.path.map((e) => e.name)}` : chosen ? nameOf(chosen) : "";
  const inside = panel.contains(document.activeElement);
  const act = document.activeElement?.dataset?.act;
  panel.replaceChildren(...parts.flat(Infinity).filter(Boolean));
  if (inside) (act && panel.querySelector(`[data-act="${act}"]`) ? panel.querySelector(`[data-act="${act}"]`) : panel).focus({ preventScroll: true });
  if (panel.dataset.key !== key) panel.scrollTop = 0;
  panel.dataset.key = key;
}

function head(kind, title, language) {
  return [
    make("div", { class: "top" }, kind, make("button", { type: "button", class: "close", "data-act": "close", "aria-label": word("close"), onclick: clear }, icon("close"))),
    make("h2", {}, isolated(title, language)),
  ];
}

function kindOf(cls) {
  return make("div", { class: "kind" }, shapeIcon(cls), make("span", { class: "text" }, labelOf(classes.get(cls))));
}

function plainKind(text) {
  return make("div", { class: "kind" }, make("span", { class: "text" }, text));
}

function heading(text, count) {
  return make("h3", {}, make("span", {}, text), count === undefined ? null : make("span", { class: "count" }, number(count)));
}

function act(name, text, run, pressed) {
  return make("button", { type: "button", "data-act": name, "aria-pressed": pressed === undefined ? null : String(pressed), onclick: run }, text);
}

function entityParts(entity) {
  const names = entity.names.filter(([text]) => text !== entity.label);
  const own = view.facts.filter((f) => f.subject === entity || f.object === entity);
  const quoted = entity.quotations.filter((q) => shows(q.document.id));
  const mentions = entity.mentions.filter(([d]) => shows(d));
  return [
    head(kindOf(entity.cls), entity.label, entity.language),
    names.length ? make("p", { class: "names", "aria-label": word("names") }, names.map(([text, language]) => make("span", {}, isolated(text, language), make("small", {}, language === "und" ? "" : language)))) : null,
    make("div", { class: "acts" },
      act("focus", word("focus"), () => (isRoot(entity) ? change((s) => (s.focus = null)) : focusOn(entity)), isRoot(entity)),
      state.focus && !isRoot(entity) ? act("expand", word("expand"), () => expand(entity)) : null,
      state.focus && isRoot(entity) && state.focus.length > 1 ? act("collapse", word("collapse"), () => collapse(entity)) : null,
      act("path", word("path"), () => startPath(entity), state.pick === entity),
      act("copy", word("copy"), copyLink),
      OVERVIEW && state.opened.includes(entity.group) ? act("close-group", word("closeGroup"), () => closeGroup(groups[entity.group])) : null),
    factSections(entity, own),
    quoted.length ? [heading(word("quotations"), quoted.length), quoted.map(quote)] : null,
    mentions.length ? [heading(word("mentionedIn"), mentions.length), make("ul", { class: "list" }, mentions.map(([d, n]) => make("li", {}, documentLink(documents[d]), make("span", { class: "more" }, ` × ${number(n)}`))))] : null,
  ];
}

// The facts of an entity under their relation; "X of …" and "… X of" are two sections.
function factSections(entity, own) {
  if (!own.length) return make("p", { class: "lead" }, word("noFacts"));
  const sections = new Map();
  for (const relation of PAGE.relations) {
    for (const outgoing of [true, false]) {
      const some = own.filter((f) => f.predicate === relation.name && (relation.symmetric ? outgoing : (f.subject === entity) === outgoing));
      if (some.length) sections.set(sectionTitle(relation, outgoing), some);
    }
  }
  const recent = (f) => [f.holds ? 0 : 1, -(f.from ?? f.to ?? -1e9)];
  const before = (a, b) => recent(a)[0] - recent(b)[0] || recent(a)[1] - recent(b)[1] || (a.key < b.key ? -1 : 1);
  return [...sections].flatMap(([title, some]) => [make("h3", {}, title, make("span", { class: "count" }, number(some.length))), make("ul", {}, paged(some.sort(before), (f) => factCard(f, entity)))]);
}

function sectionTitle(relation, outgoing) {
  const label = labelOf(relation);
  if (relation.symmetric) return make("span", {}, label);
  const inverse = relation.inverse[state.language] || relation.inverse.en;
  if (!outgoing && inverse) return make("span", {}, shown(inverse));
  return make("span", {}, outgoing ? `${label} …` : `… ${label}`, make("span", { class: "unseen" }, ` (${word(outgoing ? "outgoing" : "incoming")})`));
}

// The first MANY of a list, and a button for the rest.
function paged(list, row) {
  const items = list.slice(0, MANY).map(row);
  if (list.length <= MANY) return items;
  const more = make("li", {}, make("button", { type: "button", class: "plain", onclick: () => more.replaceWith(...paged(list.slice(MANY), row)) }, word("more", { n: number(list.length - MANY) })));
  return [...items, more];
}

function factParts(fact) {
  const title = make("h2", {}, isolated(fact.subject.label, fact.subject.language), " ", make("span", {}, labelOf(relations.get(fact.predicate))), " ", isolated(fact.object.label, fact.object.language), fact.holds ? null : [" ", chip(fact)]);
  return [head(plainKind(labelOf(relations.get(fact.predicate))), "")[0], title, make("ul", {}, factCard(fact)), make("div", { class: "acts" }, act("copy", word("copy"), copyLink))];
}

function documentParts(source) {
  const stated = view.facts.filter((f) => f.sources.includes(source.id) && shows(source.id));
  const quoted = quotations.filter((q) => q.document === source && shows(source.id));
  const alone = state.off.documents.size && documents.every((d) => (d === source) !== state.off.documents.has(d.name));
  const link = /^https?:\/\//i.test(source.source || "") ? make("a", { class: "link", href: source.source, rel: "noopener noreferrer", target: "_blank" }, shown(source.source)) : source.source ? shown(source.source) : null;
  return [
    head(plainKind(word("document")), source.title || source.name, source.language),
    make("p", { class: "names" }, source.title ? isolated(source.name) : null, source.issued ? make("span", {}, word("issued", { a: dateText(source.issued) })) : null, link),
    make("div", { class: "acts" }, act("only", alone ? word("allDocuments") : word("onlyThis"), () => only("documents", [source.name]), Boolean(alone)), act("copy", word("copy"), copyLink)),
    stated.length ? [heading(word("statedHere"), stated.length), make("ul", {}, paged(stated, (f) => factCard(f, null, source)))] : make("p", { class: "lead" }, word("noFacts")),
    quoted.length ? [heading(word("quotations"), quoted.length), quoted.map(quote)] : null,
  ];
}

function entityRow(entity) {
  const row = make("button", { type: "button", class: "row", "data-entity": entity.id, onclick: () => select(entity) }, shapeIcon(entity.cls), make("span", { class: "name" }, isolated(entity.label, entity.language)), make("span", { class: "count" }, number(entity.facts.length)));
  return make("li", {}, row);
}

function groupRow(group) {
  return make("li", {}, make("button", { type: "button", class: "row", "data-group": group.id, onclick: () => choose("group", group) }, shapeIcon(group.members[0].cls), make("span", { class: "name" }, groupName(group)), make("span", { class: "count" }, number(group.members.length))));
}

function groupParts(group) {
  const opened = state.opened.includes(group.id);
  return [
    head(plainKind(word("groups")), groupName(group)),
    make("p", { class: "lead" }, word("members", { n: number(group.members.length) })),
    make("div", { class: "acts" }, OVERVIEW ? act("open-group", opened ? word("closeGroup") : word("openGroup"), () => (opened ? closeGroup(group) : openGroup(group)), opened) : null, act("copy", word("copy"), copyLink)),
    make("ul", { class: "list" }, paged(group.members, entityRow)),
  ];
}

function homeParts() {
  const weight = (e) => e.radius;
  const ranked = view.entities.slice().sort((a, b) => weight(b) - weight(a) || a.id - b.id);
  const present = new Set(view.entities);
  const some = groups.filter((g) => g.members.length > 2 && g.members.some((e) => present.has(e)));
  return [
    make("h2", { class: "unseen" }, word("panel")),
    make("p", { class: "lead" }, word("lead")),
    heading(word("important"), ranked.length),
    make("ul", { class: "list" }, ranked.slice(0, 12).map(entityRow)),
    ranked.length > 12 ? make("details", { class: "long" }, make("summary", {}, word("more", { n: number(ranked.length - 12) })), make("ul", { class: "list" }, paged(ranked.slice(12), entityRow))) : null,
    some.length > 1 ? [heading(word("groups"), some.length), make("ul", { class: "list" }, paged(some, groupRow))] : null,
  ];
}

function pathParts() {
  const [start, goal] = state.path;
  const steps = pathBetween(start, goal);
  const title = head(plainKind(word("pathTitle")), `${start.label} → ${goal.label}`);
  if (!steps) return [title, make("p", { class: "lead" }, word("pathNone", { a: shown(start.label), b: shown(goal.label) }))];
  const rows = steps.map((s) => (s.name ? make("li", { class: "stop" }, shapeIcon(s.cls), entityLink(s)) : make("li", { class: "hop" }, hopText(s), evidenceOf(s))));
  return [title, make("p", { class: "lead" }, word("pathSteps", { n: number((steps.length - 1) / 2) })), make("div", { class: "acts" }, act("copy", word("copy"), copyLink)), make("ul", { class: "steps" }, rows)];
}

function hopText(fact) {
  return make("div", {}, isolated(fact.subject.label), " ", make("button", { type: "button", class: "link", onclick: () => choose("fact", fact) }, labelOf(relations.get(fact.predicate))), " ", isolated(fact.object.label), " ", chip(fact));
}

function copyLink(event) {
  const button = event.currentTarget;
  const field = make("textarea", { class: "unseen", "aria-hidden": "true" });
  field.value = location.href;
  document.body.append(field);
  field.select();
  const told = word(document.execCommand("copy") ? "copied" : "notCopied");
  field.remove();
  button.focus();
  button.textContent = told;
  say(told);
}
