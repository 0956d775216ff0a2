// SPARQL text in, coloured spans out.
"use strict";

const TOKENS = /(#[^\n]*)|("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|(<[^<>"{}|^`\\\s]*>|[\w.-]*:[\w.:%\\\/-]*)|([?$]\w+)|\b(select|distinct|reduced|ask|construct|describe|where|filter|optional|union|minus|graph|bind|values|as|order|by|asc|desc|group|having|limit|offset|prefix|base|from|named|not|exists|in|count|sum|min|max|avg|sample|group_concat|separator|a)\b/gi;
const KINDS = ["note", "string", "iri", "variable", "word"];

function coloured(text) {
  const found = document.createDocumentFragment();
  let end = 0;
  for (const match of text.matchAll(TOKENS)) {
    found.append(text.slice(end, match.index));
    const span = document.createElement("span");
    span.className = KINDS[match.slice(1).findIndex((group) => group !== undefined)];
    span.textContent = match[0];
    found.append(span);
    end = match.index + match[0].length;
  }
  found.append(text.slice(end) + "\n");
  return found;
}
