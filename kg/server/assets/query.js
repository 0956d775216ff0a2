// The query page: ready questions, an editor with colours, results as a table.
"use strict";

const byId = (id) => document.getElementById(id);
const text = byId("text");
let known = { prefixes: {}, base: "", questions: [] };

function make(tag, content, attributes = {}) {
  const node = document.createElement(tag);
  if (content !== null) node.textContent = content;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

function paint() {
  byId("coloured").replaceChildren(coloured(text.value));
  byId("coloured").scrollTop = text.scrollTop;
}

function short(iri) {
  let best = iri;
  for (const [prefix, namespace] of Object.entries(known.prefixes))
    if (namespace && iri.startsWith(namespace) && prefix.length + 1 + iri.length - namespace.length < best.length) best = prefix + ":" + iri.slice(namespace.length);
  return best;
}

// As on the other pages, signs that turn or hide text show their number.
function shown(value) {
  const number = (sign) => "⟨U+" + sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0") + "⟩";
  return value.replace(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, number);
}

// An IRI of the graph leads to its page, and so does a name: a column whose own name ends in "name", as in the ready questions, holds them.
function cell(term, column) {
  const td = make("td", null);
  if (!term) return td;
  if (term.type === "uri" && known.base && term.value.startsWith(known.base)) {
    td.append(make("a", shown(short(term.value)), { href: "/entity/" + term.value.slice(known.base.length) }));
  } else if (term.type === "literal" && /name$/i.test(column)) {
    td.append(make("a", shown(term.value), { href: `/?${new URLSearchParams({ name: term.value })}`, lang: term["xml:lang"] || "", dir: "auto" }));
  } else {
    const bdi = make("bdi", shown(term.type === "uri" ? short(term.value) : String(term.value)));
    if (term["xml:lang"]) bdi.lang = term["xml:lang"];
    td.append(bdi);
  }
  return td;
}

function table(answer) {
  const columns = answer.head.vars;
  const grid = make("table", null);
  const head = grid.createTHead().insertRow();
  for (const column of columns) head.append(make("th", column, { scope: "col" }));
  const body = grid.createTBody();
  for (const row of answer.results.bindings) body.insertRow().append(...columns.map((column) => cell(row[column], column)));
  return grid;
}

async function run(event) {
  if (event) event.preventDefault();
  const status = byId("status");
  const result = byId("result");
  status.textContent = "Running …";
  result.replaceChildren();
  history.replaceState(null, "", `?${new URLSearchParams({ query: text.value })}`);
  const begun = performance.now();
  try {
    const response = await fetch("/sparql", {
      method: "POST",
      headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
      body: text.value,
    });
    const seconds = ((performance.now() - begun) / 1000).toFixed(2);
    if (!response.ok) {
      status.textContent = await response.text();
      return;
    }
    const cut = response.headers.has("X-Truncated") ? ", cut off there" : "";
    if ((response.headers.get("Content-Type") || "").startsWith("text/turtle")) {
      result.append(make("pre", await response.text()));
      status.textContent = `${seconds} s${cut}`;
      return;
    }
    const answer = await response.json();
    if ("boolean" in answer) {
      status.textContent = `${answer.boolean ? "Yes" : "No"} (${seconds} s)`;
      return;
    }
    result.append(table(answer));
    status.textContent = `${answer.results.bindings.length} rows${cut}, ${seconds} s`;
  } catch (error) {
    status.textContent = `No answer: ${error.message}`;
  }
}

function chosen() {
  return known.questions.find((question) => question.name === byId("question").value);
}

function showParameters() {
  const question = chosen();
  const fields = (question ? question.parameters : []).map((parameter) => {
    const label = make("label", parameter.name + (parameter.required ? "" : " (optional)") + " ", { title: parameter.text });
    const input = make("input", null, { name: parameter.name, placeholder: parameter.text });
    input.required = parameter.required;
    label.append(input);
    return label;
  });
  byId("parameters").replaceChildren(...fields);
}

async function useQuestion(event) {
  event.preventDefault();
  const question = chosen();
  if (!question) return;
  const values = new URLSearchParams();
  for (const input of byId("parameters").querySelectorAll("input")) if (input.value) values.set(input.name, input.value);
  const response = await fetch(`/question/${encodeURIComponent(question.name)}?${values}`);
  const said = await response.text();
  if (!response.ok) {
    byId("status").textContent = said;
    return;
  }
  text.value = said;
  paint();
  await run();
}

async function start() {
  paint();
  known = await (await fetch("/query.json")).json();
  for (const question of known.questions) {
    const title = question.titles[(navigator.language || "en").slice(0, 2)] || question.titles.en || question.name;
    byId("question").append(make("option", title, { value: question.name }));
  }
  byId("prefixes").textContent = Object.entries(known.prefixes).map(([prefix, namespace]) => `PREFIX ${prefix}: <${namespace}>`).join("\n");
  const linked = new URLSearchParams(location.search).get("query");
  if (linked !== null) {
    text.value = linked;
    paint();
    await run();
  }
}

text.addEventListener("input", paint);
text.addEventListener("scroll", () => { byId("coloured").scrollTop = text.scrollTop; });
text.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) run(event); });
byId("form").addEventListener("submit", run);
byId("question").addEventListener("change", showParameters);
byId("question-form").addEventListener("submit", useQuestion);
start();
