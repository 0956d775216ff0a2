// The legend and the other filters: each row is a switch that tells how many it lets through.
function filterRow({ set, names, text, count, mark, sub, language }) {
  const off = names.every((n) => state.off[set].has(n));
  const some = !off && names.some((n) => state.off[set].has(n));
  const label = make("span", { class: "name", title: shown(text) }, isolated(text, language));
  const row = make("button", { type: "button", class: sub ? "row sub" : "row", role: "checkbox", "aria-checked": some ? "mixed" : String(!off), "data-filter": set, "data-name": names[0] }, mark, label, make("span", { class: "count" }, number(count)));
  row.addEventListener("click", (event) => (event.shiftKey ? only(set, names) : toggle(set, names, off || some)));
  return make("li", {}, row);
}

function toggle(set, names, on) {
  change((s) => names.forEach((n) => (on ? s.off[set].delete(n) : s.off[set].add(n))));
}

const everyName = {
  classes: () => PAGE.classes.map((c) => c.name), relations: () => PAGE.relations.map((r) => r.name),
  statuses: () => PAGE.statuses.map((s) => s.name), documents: () => documents.map((d) => d.name),
};

// Keep these alone; a second time, all.
function only(set, names) {
  change((s) => {
    const rest = everyName[set]().filter((n) => !names.includes(n));
    s.off[set] = new Set(rest.every((n) => s.off[set].has(n)) && !names.some((n) => s.off[set].has(n)) ? [] : rest);
  });
}

function tally(list, key) {
  const counts = new Map();
  for (const it of list) counts.set(key(it), (counts.get(key(it)) || 0) + 1);
  return counts;
}

const totals = { classes: tally(entities, (e) => e.cls), relations: tally(facts, (f) => f.predicate), statuses: tally(facts, (f) => f.status) };
const box = () => make("span", { class: "box", "aria-hidden": "true" });

// Redraw a list of rows without losing the keyboard's place in it.
function refill(list, rows) {
  const at = [...list.querySelectorAll("button")].indexOf(document.activeElement);
  list.replaceChildren(...rows);
  if (at >= 0) list.querySelectorAll("button")[at]?.focus();
}

function showFilters() {
  const size = (top) => entities.reduce((n, e) => n + (topOf(e.cls) === top), 0);
  const classRows = PAGE.tops.filter(size).sort((a, b) => size(b) - size(a)).flatMap((top) => {
    const below = PAGE.classes.filter((c) => c.top === top && totals.classes.has(c.name));
    const finer = below.filter((c) => c.name !== top);
    const count = below.reduce((n, c) => n + totals.classes.get(c.name), 0);
    const thing = classes.get(top) || { name: top, labels: {} };
    const row = filterRow({ set: "classes", names: below.map((c) => c.name), text: labelOf(thing), count, mark: shapeIcon(top) });
    return [row, ...finer.map((c) => filterRow({ set: "classes", names: [c.name], text: labelOf(c), count: totals.classes.get(c.name), sub: true }))];
  });
  refill($("class-filter"), classRows);
  const plain = (set, things, text, count, mark = box) => things.map((t) => filterRow({ set, names: [t.name], text: text(t), count: count(t), mark: mark(t) }));
  refill($("relation-filter"), plain("relations", PAGE.relations, labelOf, (r) => totals.relations.get(r.name)));
  refill($("status-filter"), plain("statuses", PAGE.statuses, labelOf, (s) => totals.statuses.get(s.name), (s) => [box(), lineIcon(s)]));
  refill($("document-filter"), plain("documents", documents, (d) => d.title || d.name, (d) => d.facts.length));
  $("confidence").value = state.least;
  $("confidence-value").textContent = `${state.least} %`;
  $("confidence").setAttribute("aria-valuetext", `${state.least} %`);
  $("loose").checked = state.loose;
}

function startFilters() {
  $("confidence").addEventListener("input", (e) => change((s) => (s.least = Number(e.target.value))));
  $("loose").addEventListener("change", (e) => change((s) => (s.loose = e.target.checked)));
  $("reset").addEventListener("click", reset);
  $("show-filters").addEventListener("click", () => openFilters(!$("filters").classList.contains("open")));
}

function openFilters(on) {
  $("filters").classList.toggle("open", on);
  $("show-filters").setAttribute("aria-expanded", String(on));
  if (on) $("filters").querySelector("button").focus();
}

function reset() {
  change((s) => Object.assign(s, { off: fresh().off, least: 0, day: null, dated: false, loose: true }));
}
