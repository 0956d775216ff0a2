// The picture as PNG or SVG, and the facts chosen (or all in view) as Turtle or CSV.
function download(name, type, content) {
  const blob = content instanceof Blob ? content : new Blob([content], { type });
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}

function chosenFacts() {
  const bright = highlight();
  return bright ? view.facts.filter((f) => bright.facts.has(f)) : view.facts;
}

// At least two pixels for one on the screen: fit to be printed.
function savePng() {
  const { width, height, ratio } = windowSize();
  const sharp = Math.max(2, ratio);
  const copy = make("canvas", { width: Math.round(width * sharp), height: Math.round(height * sharp) });
  const ctx = copy.getContext("2d");
  ctx.scale(sharp, sharp);
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, width, height);
  const { translation, scale } = network.body.view;
  drawScene(ctx, translation.x, translation.y, scale);
  copy.toBlob((blob) => download("graph.png", "image/png", blob));
}

function svgPicture() {
  const [w, h, scale] = [$("graph").clientWidth, $("graph").clientHeight, network.getScale()];
  const at = ({ x, y }) => network.canvasToDOM({ x, y });
  const origin = at({ x: 0, y: 0 });
  const root = makeSvg("svg", { xmlns: SVG, width: w, height: h, viewBox: `0 0 ${w} ${h}`, "font-family": getComputedStyle(document.body).fontFamily }, makeSvg("rect", { width: w, height: h, fill: colours.paper }));
  for (const points of hulls()) {
    const d = points.map(([x, y], i) => `${i ? "L" : "M"}${round(at({ x, y }).x)} ${round(at({ x, y }).y)}`).join("") + "z";
    root.append(makeSvg("path", { d, fill: colours.hull, stroke: colours.hull, "stroke-width": round(76 * scale), "stroke-linejoin": "round" }));
  }
  root.append(...[...seenItems.edges.keys()].map((id) => svgEdge(id, at, scale)).filter(Boolean));
  for (const { id, entity, group, x, y, radius } of shownItems()) {
    const spot = at({ x, y });
    const path = shapePath(group ? ROUND : shapeOf(entity.cls), spot.x, spot.y, radius * scale);
    root.append(makeSvg("path", { d: path, fill: colours.classes.get((entity || group.members[0]).cls), stroke: colours.paper, "stroke-width": round(2 * scale), opacity: lit && !lit.entities.has(entity) ? 0.22 : 1, "data-id": id }));
  }
  const { nodes, edges } = placeLabels(drawing(), scale, lit);
  const text = (owner, rows, [x0, y0, x1], kind, attributes) => rows.forEach((row, i) => root.append(makeSvg("text", { x: round((x0 + x1) / 2 + origin.x), y: round(y0 + kind.line * (i + 0.5) + kind.size * 0.35 + origin.y), "text-anchor": "middle", "font-size": kind.size, "data-label": owner, stroke: colours.paper, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke", ...attributes }, row)));
  edges.forEach(({ fact, box: b, lines: rows }) => text(fact.key, rows, b, SMALL, { fill: colours.soft, class: "relation", opacity: !lit || lit.facts.has(fact) ? 1 : 0.15 }));
  nodes.forEach(({ item, box: b, lines: rows, direction }) => text(item.id, rows, b, LABEL, { direction, fill: colours.ink, class: "name", "font-weight": item.radius > 16 ? 600 : 450, opacity: !lit || lit.entities.has(item.entity) ? 1 : 0.28 }));
  return root;
}

const round = (n) => Math.round(n * 100) / 100;

function svgEdge(id, at, scale) {
  const curve = curveOf(id);
  const { color, width, dashes, arrows } = edgeSet.get(id);
  const edge = network.body.edges[id];
  if (!curve || edge.from === edge.to) return null;
  const radius = (node) => (shownItem(node.id).radius + 3) * scale;
  const points = Array.from({ length: 17 }, (_, i) => at(curve(i / 16)));
  const [first, last] = [points[0], points.at(-1)];
  const inner = points.filter((p) => Math.hypot(p.x - first.x, p.y - first.y) > radius(edge.from) && Math.hypot(p.x - last.x, p.y - last.y) > radius(edge.to));
  if (inner.length < 2) return null;
  const line = makeSvg("path", { d: inner.map((p, i) => `${i ? "L" : "M"}${round(p.x)} ${round(p.y)}`).join(""), fill: "none" });
  const tip = inner.at(-1);
  const turn = Math.atan2(tip.y - inner.at(-2).y, tip.x - inner.at(-2).x);
  const wing = (a) => `${round(tip.x - 7 * scale * Math.cos(turn + a))} ${round(tip.y - 7 * scale * Math.sin(turn + a))}`;
  const arrow = arrows.to.enabled ? makeSvg("path", { d: `M${wing(0.45)}L${round(tip.x)} ${round(tip.y)}L${wing(-0.45)}`, fill: "none" }) : null;
  return makeSvg("g", { stroke: color.color, "stroke-width": round(width * Math.max(0.6, scale)), "stroke-opacity": color.opacity, "stroke-dasharray": dashes ? dashes.join(" ") : null }, line, arrow);
}

function shownItem(id) {
  return typeof id === "string" ? groups[Number(id.slice(1))] : entities[id];
}

function saveSvg() {
  download("graph.svg", "image/svg+xml", `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(svgPicture())}`);
}

// RFC 4180; a cell that a spreadsheet would run as a formula gets an apostrophe.
function csv() {
  const cell = (v) => {
    const text = String(v ?? "");
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
  };
  const head = ["fact", "subject", "subjectLabel", "predicate", "object", "objectLabel", "title", "status", "start", "end", "confidence", "document", "evidence"];
  const rows = chosenFacts().map((f) => [f.key, f.subject.name, f.subject.label, f.predicate, f.object.name, f.object.label, f.title?.[0], f.status, f.start?.[0], f.end?.[0], f.confidence, f.evidence.length ? sourceOf(f.evidence[0]).name : "", f.evidence.length ? exact(f.evidence[0]) : ""]);
  return [head, ...rows].map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n";
}

function exact([id, start, end]) {
  return PAGE.passages[id][2].slice(start, end);
}

// As the graph's own Turtle does it: what is no letter, digit or harmless sign is percent-encoded.
function iri(text) {
  return `${PAGE.base}${[...text].map((c) => (/[\p{L}\p{N}\-._~/]/u.test(c) ? c : encodeURIComponent(c).replace(/[!'()*]/g, (x) => `%${x.charCodeAt(0).toString(16).toUpperCase()}`))).join("")}`;
}

function literal(text, suffix = "") {
  const escaped = String(text).replace(/["\\\u0000-\u001f\u007f]/g, (c) => (/["\\]/.test(c) ? `\\${c}` : `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`));
  return `"${escaped}"${suffix}`;
}

function tagged(text, language) {
  const tag = (language || "und").toLowerCase();
  return literal(text, tag !== "und" && /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/.test(tag) ? `@${tag}` : "");
}

function dated(value) {
  const type = /^\d{4}(-\d\d){0,2}$/.test(value) && ["gYear", "gYearMonth", "date"][value.split("-").length - 1];
  return literal(value, type ? `^^xsd:${type}` : "");
}

const PREFIXES = { rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", skos: "http://www.w3.org/2004/02/skos/core#", xsd: "http://www.w3.org/2001/XMLSchema#", prov: "http://www.w3.org/ns/prov#", oa: "http://www.w3.org/ns/oa#", org: "http://www.w3.org/ns/org#", schema: "https://schema.org/", dcterms: "http://purl.org/dc/terms/" };

function turtle() {
  const chosen = chosenFacts();
  const things = [...new Set(chosen.flatMap((f) => [f.subject, f.object]))];
  const sources = [...new Set(chosen.flatMap((f) => spansOf(f).map(sourceOf)))];
  const places = new Map(chosen.flatMap((f) => spansOf(f).map((e) => [spanIri(e), e])));
  const head = Object.entries({ kgo: PAGE.vocabulary, ...PREFIXES }).map(([p, ns]) => `@prefix ${p}: <${ns}> .`).join("\n");
  const plain = chosen.filter((f) => f.holds).map((f) => block(iriOf(f.subject), [`${term(f.predicate)} ${iriOf(f.object)}`]));
  return `${head}\n\n${[...things.map(entityTurtle), ...plain, ...chosen.map(factTurtle), ...[...places].map(placeTurtle), ...sources.map(sourceTurtle)].join("\n")}\n`;
}

const term = (name) => `<${PAGE.namespace}${name}>`;
const iriOf = (entity) => `<${iri(entity.name)}>`;
const factIri = (key) => `<${iri(key.startsWith("fact/") ? key : `fact/${key}`)}>`;
const spansOf = (fact) => [...fact.evidence, ...fact.endEvidence];
const sourceOf = (evidence) => documents[PAGE.passages[evidence[0]][0]];

// Offsets of the page count UTF-16 units from the start of a passage; those of the graph count code points from the start of the text.
function codePoints([id, start, end]) {
  const [, offset, text] = PAGE.passages[id];
  return [offset + [...text.slice(0, start)].length, offset + [...text.slice(0, end)].length];
}

function spanIri(evidence) {
  return `<${sourceOf(evidence).iri}#char=${codePoints(evidence).join(",")}>`;
}

function block(subject, pairs) {
  return `${subject} ${pairs.filter(Boolean).join(" ;\n    ")} .`;
}

function entityTurtle(entity) {
  const others = entity.names.filter(([t, l]) => t !== entity.stated || l !== entity.language).map(([t, l]) => tagged(t, l));
  return block(iriOf(entity), [`a ${entity.classes.map(term).join(", ")}`, `skos:prefLabel ${tagged(entity.stated, entity.language)}`, others.length && `skos:altLabel ${others.join(", ")}`, entity.concept && `schema:sameAs <${entity.concept}>`]);
}

function decimal(n) {
  const text = n.toFixed(4).replace(/0+$/, "");
  return literal(text.endsWith(".") ? `${text}0` : text, "^^xsd:decimal");
}

function when(name, end) {
  if (!end) return null;
  const [stated, ...bounds] = end;
  return [`kgo:${name} ${dated(stated)}`, ...bounds.map((day, i) => `kgo:${name}${["Earliest", "Latest"][i]} ${dated(day)}`)].join(" ;\n    ");
}

function factTurtle(f) {
  const { role } = relations.get(f.predicate);
  return block(factIri(f.key), [
    `a rdf:Statement${f.member ? ", org:Membership" : ""}`, `rdf:subject ${iriOf(f.subject)}`, `rdf:predicate ${term(f.predicate)}`, `rdf:object ${iriOf(f.object)}`,
    f.member && `org:member ${iriOf(f.subject)} ;\n    org:organization ${iriOf(f.object)}`, f.member && role && `org:role <${role}>`, f.title && `kgo:title ${tagged(...f.title)}`,
    `kgo:status ${term(f.status)}`, `kgo:confidence ${decimal(f.confidence)}`, when("start", f.start), when("end", f.end),
    f.said.length && `kgo:assertedBy ${f.said.map((e) => iriOf(entities[e])).join(", ")}`, f.inferred.length && `kgo:inferred ${f.inferred.map((w) => literal(w)).join(", ")}`,
    f.endSure !== null && `kgo:endConfidence ${decimal(f.endSure)}`, f.endEvidence.length && `kgo:endDerivedFrom ${[...new Set(f.endEvidence.map(spanIri))].join(", ")}`,
    f.conflicts.length && `kgo:conflictsWith ${f.conflicts.map(factIri).join(", ")}`, f.evidence.length && `prov:wasDerivedFrom ${[...new Set(f.evidence.map(spanIri))].join(", ")}`,
  ]);
}

function placeTurtle([name, evidence]) {
  const [id, start, end, ...said] = evidence;
  const text = PAGE.passages[id][2];
  const [from, to] = codePoints(evidence);
  const around = [["exact", text.slice(start, end)], ["prefix", text.slice(Math.max(0, start - 32), start)], ["suffix", text.slice(end, end + 32)]];
  const quoted = around.filter(([, words]) => words).map(([key, words]) => `oa:${key} ${literal(words)}`).join(" ; ");
  const selectors = `[ a oa:TextQuoteSelector ; ${quoted} ] ,\n        [ a oa:TextPositionSelector ; oa:start ${from} ; oa:end ${to} ]`;
  return block(name, ["a oa:SpecificResource", `oa:hasSource <${sourceOf(evidence).iri}>`, said.length && `prov:wasAttributedTo ${said.map((e) => iriOf(entities[e])).join(", ")}`, `oa:hasSelector ${selectors}`]);
}

function sourceTurtle(d) {
  return block(`<${d.iri}>`, [
    "a schema:Article, prov:Entity", `dcterms:identifier ${literal(d.name)}`, d.language && `dcterms:language ${literal(d.language.toLowerCase())}`,
    d.title && `dcterms:title ${tagged(d.title, d.language)}`, d.source && `dcterms:source ${d.addressed ? `<${d.source}>` : literal(d.source)}`, d.issued && `dcterms:issued ${dated(d.issued)}`, `kgo:sha256 ${literal(d.sha256)}`,
  ]);
}

function startExport() {
  const menu = $("save-menu");
  const items = [...menu.querySelectorAll("button")];
  const open_ = (on) => {
    menu.hidden = !on;
    $("save").setAttribute("aria-expanded", String(on));
    if (on) items[0].focus();
  };
  $("save").addEventListener("click", () => open_(menu.hidden));
  menu.addEventListener("keydown", (event) => {
    const at = items.indexOf(document.activeElement);
    if (event.key === "ArrowDown") items[(at + 1) % items.length].focus();
    else if (event.key === "ArrowUp") items[(at + items.length - 1) % items.length].focus();
    else if (event.key === "Escape") {
      open_(false);
      $("save").focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  menu.parentElement.addEventListener("focusout", (event) => !menu.parentElement.contains(event.relatedTarget) && open_(false));
  const run = { "save-png": savePng, "save-svg": saveSvg, "save-turtle": () => download("facts.ttl", "text/turtle", turtle()), "save-csv": () => download("facts.csv", "text/csv", `\ufeff${csv()}`) };
  for (const item of items) {
    item.addEventListener("click", () => {
      open_(false);
      $("save").focus();
      run[item.id]();
    });
  }
}
