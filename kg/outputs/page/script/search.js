// Search over all names in all languages: the start of a name counts most, then the start of a word, then any part.
const MOST_SUGGESTED = 12;
let index = null;
let suggested = [];
let active = -1;

// Case, accents and width aside.
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function buildIndex() {
  index = entities.flatMap((entity) => {
    const names = new Map([[entity.label, entity.language], ...entity.names]);
    return [...names.keys()].map((text) => ({ entity, text, folded: folded(text) }));
  });
}

function matches(query) {
  if (!index) buildIndex();
  const wanted = folded(query.trim());
  const best = new Map();
  for (const entry of index) {
    const at = entry.folded.indexOf(wanted);
    if (at < 0) continue;
    const rank = entry.folded === wanted ? 0 : at === 0 ? 1 : /[\s\-.(·]/.test(entry.folded[at - 1]) ? 2 : 3;
    const known = best.get(entry.entity);
    if (!known || rank < known.rank) best.set(entry.entity, { ...entry, rank, at });
  }
  return [...best.values()].sort((a, b) => a.rank - b.rank || b.entity.radius - a.entity.radius || a.entity.id - b.entity.id).slice(0, MOST_SUGGESTED);
}

function suggest() {
  const query = $("search").value;
  suggested = query.trim() ? matches(query) : [];
  active = suggested.length ? 0 : -1;
  const list = $("suggestions");
  list.replaceChildren(...suggested.map(suggestion));
  if (query.trim() && !suggested.length) list.append(make("li", { class: "none", role: "option", "aria-disabled": "true", "aria-selected": "false" }, word("noMatch")));
  list.hidden = !query.trim();
  $("search").setAttribute("aria-expanded", String(!list.hidden));
  mark();
}

function suggestion({ entity, text }, i) {
  const item = make("li", { role: "option", id: `suggestion-${i}`, "data-entity": entity.id }, shapeIcon(entity.cls), make("span", {}, isolated(entity.label, entity.language)), text === entity.label ? null : make("span", { class: "other" }, isolated(text)));
  item.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(i);
  });
  return item;
}

function mark() {
  [...$("suggestions").children].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
  $("suggestions").children[active]?.scrollIntoView({ block: "nearest" });
  if (active >= 0) $("search").setAttribute("aria-activedescendant", `suggestion-${active}`);
  else $("search").removeAttribute("aria-activedescendant");
}

function take(i) {
  const found = suggested[i];
  if (!found) return;
  closeSuggestions();
  $("search").value = "";
  select(found.entity);
  $("panel").focus({ preventScroll: true });
}

function closeSuggestions() {
  $("suggestions").hidden = true;
  $("search").setAttribute("aria-expanded", "false");
  $("search").removeAttribute("aria-activedescendant");
}

function searchKey(event) {
  const size = suggested.length;
  if (event.key === "ArrowDown" && size) active = (active + 1) % size;
  else if (event.key === "ArrowUp" && size) active = (active + size - 1) % size;
  else if (event.key === "Enter") return take(active);
  else if (event.key === "Escape") {
    $("search").value = "";
    closeSuggestions();
    return $("graph").focus({ preventScroll: true });
  } else return null;
  event.preventDefault();
  return mark();
}

function startSearch() {
  $("search").addEventListener("input", suggest);
  $("search").addEventListener("focus", () => $("search").value && suggest());
  $("search").addEventListener("blur", closeSuggestions);
  $("search").addEventListener("keydown", searchKey);
}
