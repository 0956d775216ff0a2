// Everything by keyboard: arrows walk from entity to entity, letters do what buttons do.
const KEYS = [
  [["/"], "keySearch"], [["←", "→", "↑", "↓"], "keyMove"], [["Enter"], "keySelect"], [["E"], "keyExpand"], [["C"], "keyCollapse"],
  [["P"], "keyPath"], [["+", "−"], "keyZoom"], [["0"], "keyFit"], [["Ctrl", "Z"], "keyUndo"], [["F"], "keyFilters"], [["Esc"], "keyClear"],
];

function walk(dx, dy) {
  const items = shownItems();
  const here = items.find((i) => i.id === cursor);
  if (!here) return land(items.sort((a, b) => b.radius - a.radius)[0]);
  const ahead = items.map((item) => {
    const [x, y] = [item.x - here.x, item.y - here.y];
    const [along, across] = [x * dx + y * dy, Math.abs(x * dy) + Math.abs(y * dx)];
    return { item, cost: along > 1 && along > across * 0.5 ? along + 2 * across : Infinity };
  });
  const best = ahead.reduce((a, b) => (b.cost < a.cost ? b : a));
  return best.cost < Infinity ? land(best.item) : null;
}

function land(item) {
  if (!item) return;
  cursor = item.id;
  forgetLabels();
  reveal(item.id);
  network.redraw();
  say(item.group ? item.label : word("selected", { a: item.label, k: labelOf(classes.get(item.entity.cls)), n: number(item.entity.facts.length) }));
}

function graphKey(event) {
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const entity = typeof cursor === "number" ? entities[cursor] : null;
  const group = typeof cursor === "string" ? groups[Number(cursor.slice(1))] : null;
  const does = {
    Enter: () => (group ? openGroup(group) : entity && select(entity)), e: () => (group ? openGroup(group) : entity && expand(entity)),
    c: () => (entity && isRoot(entity) ? collapse(entity) : entity && OVERVIEW && closeGroup(groups[entity.group])), p: () => entity && startPath(entity),
    "+": () => zoom(1.3), "=": () => zoom(1.3), "-": () => zoom(1 / 1.3), 0: () => fit(),
  };
  const run = arrows[event.key] ? () => walk(...arrows[event.key]) : does[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!run || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  run();
}

function pageKey(event) {
  const typing = event.target.closest?.("input:not([type=range]):not([type=checkbox]), select, textarea");
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z" && !typing) {
    event.preventDefault();
    return event.shiftKey ? redo() : undo();
  }
  if (typing || event.ctrlKey || event.metaKey || event.altKey || $("help-dialog").open) return null;
  if (event.key === "/") {
    event.preventDefault();
    return $("search").focus();
  }
  if (event.key === "?") return $("help-dialog").showModal();
  if (event.key === "f") return matchMedia("(max-width: 860px)").matches ? openFilters(true) : $("class-filter").querySelector("button")?.focus();
  if (event.key === "Escape") return $("filters").classList.contains("open") ? closeFilters() : clear();
  return null;
}

function closeFilters() {
  openFilters(false);
  $("show-filters").focus();
}

function startKeys() {
  $("graph").addEventListener("keydown", graphKey);
  document.addEventListener("keydown", pageKey);
}

function showKeys() {
  $("help-keys").replaceChildren(...KEYS.flatMap(([keys, text]) => [make("dt", {}, keys.map((k) => make("kbd", {}, k))), make("dd", {}, word(text))]));
}
