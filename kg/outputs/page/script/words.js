// The words of the interface and of the ontology, in the language chosen.
const PAGE = JSON.parse(document.getElementById("data").textContent);
const LANGUAGES = Object.keys(PAGE.words);
const preferred = (navigator.languages || [navigator.language || "en"]).map((l) => l.toLowerCase().split("-")[0]);
const FIRST_LANGUAGE = preferred.find((l) => LANGUAGES.includes(l)) || "en";

// A word with {slots}; {n:fact|facts} is the first where n is one.
function word(key, values) {
  const text = PAGE.words[state.language][key] ?? PAGE.words.en[key] ?? key;
  const filled = (_, name, one, many) => (one === undefined ? values[name] ?? "" : values[name] === number(1) ? one : many);
  return values ? text.replace(/\{(\w+)(?::([^|}]*)\|([^}]*))?\}/g, filled) : text;
}

// "chiefExecutiveOf" → "chief executive of": for terms that the ontology does not label.
function spelled(name) {
  return name.replace(/([a-z])([A-Z])/g, "$1 $2").replace(/[_-]/g, " ").toLowerCase();
}

function labelOf(thing) {
  return shown(thing.labels[state.language] || thing.labels.en || spelled(thing.name));
}

// Text as it may be shown: a direction override in a name would show it reversed, a control character not at all. Lengths stay.
function shown(text) {
  return String(text).replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, "\u200b").replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, " ");
}

function number(n) {
  return n.toLocaleString(state.language);
}

function dayText(day) {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

// "2023-09-10" as people write it, in the precision stated.
function dateText(value) {
  const parts = value.split("-").length;
  const options = parts === 1 ? { year: "numeric" } : parts === 2 ? { year: "numeric", month: "short" } : { year: "numeric", month: "short", day: "numeric" };
  const date = new Date(value + (parts === 1 ? "-01-01" : parts === 2 ? "-01" : "") + "T00:00:00Z");
  return Number.isNaN(+date) ? shown(value) : date.toLocaleDateString(state.language, { ...options, timeZone: "UTC" });
}
