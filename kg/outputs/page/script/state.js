// What the user has chosen: kept in the address, changed in one place, undone step by step.
const SETS = { classes: "c", relations: "r", statuses: "st", documents: "d" };

function fresh() {
  return {
    language: FIRST_LANGUAGE, theme: "auto", selected: null, path: null, pick: null, focus: null, opened: [], loose: true,
    off: { classes: new Set(), relations: new Set(), statuses: new Set(), documents: new Set() }, least: 0, day: null, dated: false,
  };
}

let state = fresh();
const past = [];
const future = [];

// Change the state, remember the one before, show the new one.
function change(edit, { keep = true } = {}) {
  const before = encode(state);
  edit(state);
  const after = encode(state);
  if (keep && before !== after) {
    past.push(before);
    if (past.length > 200) past.shift();
    future.length = 0;
  }
  show();
}

// Take the state from the address: what others changed there is a step that can be undone.
function restore() {
  const wanted = location.hash.slice(1);
  if (wanted === encode(state)) return;
  change(() => (state = decode(wanted)));
  arrive();
}

// Write the state into the address. What is newly chosen is a step of the browser's Back; all else changes the step that it is.
function writeAddress() {
  const chosen = ({ selected, path, focus }) => encode({ ...fresh(), selected, path, focus });
  const hash = encode(state);
  const same = chosen(state) === chosen(decode(location.hash.slice(1)));
  try {
    history[same ? "replaceState" : "pushState"](null, "", hash ? `#${hash}` : location.pathname + location.search);
  } catch {
    // A page inside another (a notebook) may not have an address of its own; the view then cannot be shared, and works.
  }
}

function step(from, to) {
  if (!from.length) return;
  to.push(encode(state));
  state = decode(from.pop());
  show();
}

const undo = () => step(past, future);
const redo = () => step(future, past);

// Several names in one value, whatever stands in them.
function packed(names) {
  return names.map((n) => n.replace(/[%|]/g, encodeURIComponent)).join("|");
}

function unpacked(text) {
  return (text || "").split("|").filter(Boolean).map((n) => n.replace(/%(25|7C)/g, decodeURIComponent));
}

function encode(s) {
  const q = new URLSearchParams();
  const put = (key, value) => value !== null && value !== "" && value !== false && q.set(key, value);
  put("s", s.selected && nameOf(s.selected));
  put("p", s.path && packed(s.path.map((e) => e.name)));
  put("k", s.pick && s.pick.name);
  put("f", s.focus && packed(s.focus.map((e) => e.name)));
  put("o", s.opened.join("."));
  for (const [set, key] of Object.entries(SETS)) put(key, packed([...s.off[set]].sort()));
  put("m", s.least ? String(s.least) : null);
  put("t", s.day === null ? null : dayText(s.day));
  put("dated", s.dated ? "1" : null);
  put("loose", s.loose ? null : "0");
  put("lang", s.language === FIRST_LANGUAGE ? null : s.language);
  put("theme", s.theme === "auto" ? null : s.theme);
  return q.toString();
}

function decode(text) {
  const q = new URLSearchParams(text);
  const s = fresh();
  const names = (key) => unpacked(q.get(key)).map((n) => byName.get(n)).filter(Boolean);
  s.selected = thingOf(q.get("s"));
  s.path = names("p").length === 2 ? names("p") : null;
  s.pick = names("k")[0] || null;
  s.focus = names("f").length ? names("f") : null;
  s.opened = (q.get("o") || "").split(".").filter(Boolean).map(Number).filter((g) => groups[g]);
  for (const [set, key] of Object.entries(SETS)) s.off[set] = new Set(unpacked(q.get(key)));
  s.least = Math.min(100, Math.max(0, Number(q.get("m")) || 0));
  const day = Date.parse(q.get("t"));
  s.day = Number.isNaN(day) ? null : Math.round(day / DAY);
  s.dated = q.get("dated") === "1";
  s.loose = q.get("loose") !== "0";
  if (LANGUAGES.includes(q.get("lang"))) s.language = q.get("lang");
  if (["light", "dark"].includes(q.get("theme"))) s.theme = q.get("theme");
  return s;
}

// A selection is an entity, a fact, a document or a group.
function nameOf(thing) {
  return `${thing.kind}:${thing.kind === "entity" || thing.kind === "document" ? thing.it.name : thing.kind === "fact" ? thing.it.key : thing.it.id}`;
}

function thingOf(name) {
  const [kind, ...rest] = (name || "").split(":");
  const tables = { entity: byName, fact: byKey, document: byDocument };
  const it = kind === "group" ? groups[Number(rest[0])] : tables[kind]?.get(rest.join(":"));
  return it ? { kind, it } : null;
}

let printing = false; // on white paper

function dark() {
  if (printing) return false;
  return state.theme === "dark" || (state.theme === "auto" && matchMedia("(prefers-color-scheme: dark)").matches);
}

const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
