// Search over all names in all languages, and the identifiers: the start of a name counts most, then the start of a word, then any part.
const MOST_SUGGESTED = 12;
// Letters that Unicode does not take apart into a plain one and a mark, and traditional Chinese characters.
const PLAIN = new Map([
  ...Object.entries({ ø: "o", ł: "l", đ: "d", ð: "d", ħ: "h", ı: "i", ŋ: "n", ŧ: "t", ß: "ss", æ: "ae", œ: "oe", þ: "th", ς: "σ" }),
  ...[...PAGE.variants[0]].map((character, i) => [character, PAGE.variants[1][i]]),
]);
let index = null;
let suggested = [];
let active = -1;

// Case, accents, width, script and apostrophes aside.
function folded(text) {
  return text.normalize("NFKD").toLowerCase().replace(/[\p{M}\p{Cf}'’‘ʼʻ′`]/gu, "").replace(/[^\0-\x7f]/g, (c) => PLAIN.get(c) ?? c);
}

function wordsOf(text) {
  return folded(text).split(/[^\p{L}\p{N}\p{S}]+/u).filter(Boolean);
}

// `tails` are the words run together from each on: "zhangwei" and "wei" for Zhang Wei.
function entriesOf(entity) {
  const entries = new Map();
  for (const text of [entity.label, ...entity.names.map(([name]) => name), entity.name.slice(entity.name.indexOf("/") + 1)]) {
    const words = wordsOf(text);
    const key = words.join(" ");
    if (key && !entries.has(key)) entries.set(key, { entity, text, words, tails: words.map((_, i) => words.slice(i).join("")) });
  }
  return [...entries.values()];
}

function rankOf({ words, tails }, wanted) {
  const whole = wanted.join("");
  if (tails[0].startsWith(whole)) return tails[0] === whole ? 0 : 1;
  if (wanted.every((w) => tails.some((tail) => tail.startsWith(w)))) return 2;
  return wanted.every((w) => words.some((own) => own.includes(w))) ? 3 : Infinity;
}

function matches(query) {
  index ??= entities.flatMap(entriesOf);
  const wanted = wordsOf(query);
  if (!wanted.length) return [];
  const best = new Map();
  for (const entry of index) {
    const rank = rankOf(entry, wanted);
    if (rank < (best.get(entry.entity)?.rank ?? Infinity)) best.set(entry.entity, { ...entry, rank });
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

// What tells a thing from others in the list: the name that was found, or of namesakes the greatest thing that each is related to.
function aside({ entity, text }) {
  if (text !== entity.label) return isolated(text);
  if (suggested.every((s) => s.entity === entity || s.entity.label !== entity.label)) return null;
  const [known] = entity.facts.map((f) => other(f, entity)).sort((a, b) => b.radius - a.radius || a.id - b.id);
  return known ? isolated(known.label, known.language) : isolated(entity.name);
}

function suggestion(found, i) {
  const { entity } = found;
  const beside = aside(found);
  const item = make("li", { role: "option", id: `suggestion-${i}`, "data-entity": entity.id }, shapeIcon(entity.cls), make("span", {}, isolated(entity.label, entity.language)), beside && make("span", { class: "other" }, beside));
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
