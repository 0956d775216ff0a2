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

function savePng() {
  const source = $("graph").querySelector("canvas");
  const copy = make("canvas", { width: source.width, height: source.height });
  const ctx = copy.getContext("2d");
  ctx.fillStyle = colours.paper;
  ctx.fillRect(0, 0, copy.width, copy.height);
  ctx.drawImage(source, 0, 0);
  copy.toBlob((blob) => download("graph.png", "image/png", blob));
}

function svgPicture() {
  const [w, h, scale] = [$("graph").clientWidth, $("graph").clientHeight, network.getScale()];
  const at = ({ x, y }) => network.canvasToDOM({ x, y });
  const origin = at({ x: 0, y: 0 });
  const root = makeSvg("svg", { xmlns: SVG, width: w, height: h, viewBox: `0 0 ${w} ${h}`, "font-family": "system-ui, sans-serif" }, makeSvg("rect", { width: w, height: h, fill: colours.paper }));
  for (const points of hulls()) {
    const d = points.map(([x, y], i) => `${i ? "L" : "M"}${round(at({ x, y }).x)} ${round(at({ x, y }).y)}`).join("") + "z";
    root.append(makeSvg("path", { d, fill: colours.hull, stroke: colours.hull, "stroke-width": round(76 * scale), "stroke-linejoin": "round" }));
  }
  root.append(...[...seenItems.edges.keys()].map((id) => svgEdge(id, at, scale)).filter(Boolean));
  for (const { id, entity, group, x, y, radius } of shownItems()) {
    const spot = at({ x, y });
    const path = shapePath(group ? SHAPES[0] : shapeOf(entity.cls), spot.x, spot.y, radius * scale);
    root.append(makeSvg("path", { d: path, fill: colours.classes.get((entity || group.members[0]).cls), stroke: colours.paper, "stroke-width": round(2 * scale), opacity: lit && !lit.entities.has(entity) ? 0.22 : 1, "data-id": id }));
  }
  const { nodes, edges } = placeLabels($("graph").querySelector("canvas").getContext("2d"), scale, lit);
  const text = (rows, [x0, y0, x1], kind, attributes) => rows.forEach((row, i) => root.append(makeSvg("text", { x: round((x0 + x1) / 2 + origin.x), y: round(y0 + kind.line * (i + 0.5) + kind.size * 0.35 + origin.y), "text-anchor": "middle", "font-size": kind.size, stroke: colours.paper, "stroke-width": 3, "stroke-linejoin": "round", "paint-order": "stroke", ...attributes }, row)));
  edges.forEach(({ fact, box: b, lines: rows }) => text(rows, b, SMALL, { fill: colours.soft, class: "relation", opacity: !lit || lit.facts.has(fact) ? 1 : 0.15 }));
  nodes.forEach(({ item, box: b, lines: rows }) => text(rows, b, LABEL, { fill: colours.ink, class: "name", "font-weight": item.radius > 13 ? 600 : 450, opacity: !lit || lit.entities.has(item.entity) ? 1 : 0.28 }));
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
  const rows = chosenFacts().map((f) => [f.key, f.subject.name, f.subject.label, f.predicate, f.object.name, f.object.label, f.title?.[0], f.status, f.start?.[0], f.end?.[0], f.confidence, f.evidence.length ? documents[PAGE.passages[f.evidence[0][0]][0]].name : "", f.evidence.length ? exact(f.evidence[0]) : ""]);
  return [head, ...rows].map((r) => r.map(cell).join(",")).join("\r\n") + "\r\n";
}

function exact([id, start, end]) {
  return PAGE.passages[id][2].slice(start, end);
}

// Characters that may not stand in an IRI are percent-encoded.
function iri(text) {
  return `<${[...text].map((c) => (/[\u0000-\u0020<>"{}|\\^`\u007f]/.test(c) ? encodeURIComponent(c) : c)).join("")}>`;
}

function literal(text, suffix = "") {
  const escaped = String(text).replace(/[\\"\n\r\t]/g, (c) => ({ "\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t" })[c]);
  // eslint-disable-next-line no-control-regex
  return `"${escaped.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "\ufffd")}"${suffix}`;
}

function tagged(text, language) {
  return literal(text, /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/.test(language || "") && language !== "und" ? `@${language}` : "");
}

function dated(value) {
  return literal(value, `^^xsd:${["gYear", "gYearMonth", "date"][value.split("-").length - 1] || "date"}`);
}

const PREFIXES = { kgo: null, rdf: "http://www.w3.org/1999/02/22-rdf-syntax-ns#", skos: "http://www.w3.org/2004/02/skos/core#", xsd: "http://www.w3.org/2001/XMLSchema#", prov: "http://www.w3.org/ns/prov#", oa: "http://www.w3.org/ns/oa#", org: "http://www.w3.org/ns/org#", schema: "https://schema.org/", dcterms: "http://purl.org/dc/terms/" };

function turtle() {
  const chosen = chosenFacts();
  const things = [...new Set(chosen.flatMap((f) => [f.subject, f.object]))];
  const sources = [...new Set(chosen.flatMap((f) => f.evidence.map(([p]) => documents[PAGE.passages[p][0]])))];
  const places = new Map(chosen.flatMap((f) => f.evidence.map((e) => [spanIri(e), e])));
  const head = Object.entries(PREFIXES).map(([p, ns]) => `@prefix ${p}: <${ns || PAGE.namespace}> .`).join("\n");
  const blocks = [...things.map(entityTurtle), ...chosen.filter((f) => statuses.get(f.status).plain).map((f) => `${iriOf(f.subject)} ${term(f.predicate)} ${iriOf(f.object)} .`), ...chosen.map(factTurtle), ...[...places].map(placeTurtle), ...sources.map(sourceTurtle)];
  return `${head}\n\n${blocks.join("\n")}\n`;
}

const term = (name) => (/^[A-Za-z]\w*$/.test(name) ? `kgo:${name}` : iri(PAGE.namespace + name));
const iriOf = (entity) => iri(PAGE.base + entity.name);
const documentIri = (d) => `${PAGE.base}doc/${d.sha256}`;

// Offsets of the page count UTF-16 units from the start of a passage; those of the graph count code points from the start of the text.
function codePoints([id, start, end]) {
  const [, offset, text] = PAGE.passages[id];
  return [offset + [...text.slice(0, start)].length, offset + [...text.slice(0, end)].length];
}

function spanIri(evidence) {
  return iri(`${documentIri(documents[PAGE.passages[evidence[0]][0]])}#char=${codePoints(evidence).join(",")}`);
}

function block(subject, pairs) {
  return `${subject} ${pairs.filter(Boolean).join(" ;\n    ")} .`;
}

function entityTurtle(entity) {
  const kinds = [...new Set([topOf(entity.cls), entity.cls])].map(term).join(", ");
  const others = entity.names.filter(([t, l]) => t !== entity.label || l !== entity.language).map(([t, l]) => tagged(t, l));
  return block(iriOf(entity), [`a ${kinds}`, `skos:prefLabel ${tagged(entity.label, entity.language)}`, others.length && `skos:altLabel ${others.join(", ")}`]);
}

function factTurtle(f) {
  const member = relations.get(f.predicate).membership;
  const bounds = (name, end) => end && [`kgo:${name} ${dated(end[0])}`, `kgo:${name}Earliest ${dated(end[1])}`, `kgo:${name}Latest ${dated(end[2])}`].join(" ;\n    ");
  return block(iri(`${PAGE.base}fact/${f.key.replace(/^fact\//, "")}`), [
    `a rdf:Statement${member ? ", org:Membership" : ""}`, `rdf:subject ${iriOf(f.subject)}`, `rdf:predicate ${term(f.predicate)}`, `rdf:object ${iriOf(f.object)}`,
    member && `org:member ${iriOf(f.subject)} ;\n    org:organization ${iriOf(f.object)}`, f.title && `kgo:title ${tagged(...f.title)}`, `kgo:status ${term(f.status)}`, `kgo:confidence ${literal(f.confidence, "^^xsd:decimal")}`,
    bounds("start", f.start), bounds("end", f.end), f.evidence.length && `prov:wasDerivedFrom ${[...new Set(f.evidence.map(spanIri))].join(", ")}`,
  ]);
}

function placeTurtle([name, evidence]) {
  const [id, start, end] = evidence;
  const text = PAGE.passages[id][2];
  const [from, to] = codePoints(evidence);
  const quoted = `[ a oa:TextQuoteSelector ; oa:exact ${literal(text.slice(start, end))} ; oa:prefix ${literal(text.slice(Math.max(0, start - 32), start))} ; oa:suffix ${literal(text.slice(end, end + 32))} ]`;
  return block(name, ["a oa:SpecificResource", `oa:hasSource ${iri(documentIri(documents[PAGE.passages[id][0]]))}`, `oa:hasSelector ${quoted} ,\n        [ a oa:TextPositionSelector ; oa:start ${from} ; oa:end ${to} ]`]);
}

function sourceTurtle(d) {
  return block(iri(documentIri(d)), ["a schema:Article, prov:Entity", `dcterms:identifier ${literal(d.name)}`, d.language && `dcterms:language ${literal(d.language)}`, d.title && `dcterms:title ${tagged(d.title, d.language)}`, d.issued && `dcterms:issued ${dated(d.issued)}`, `kgo:sha256 ${literal(d.sha256)}`]);
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
