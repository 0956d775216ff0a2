// Elements made from text only: nothing here ever parses HTML.
const $ = (id) => document.getElementById(id);
const SVG = "http://www.w3.org/2000/svg";

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  return furnish(element, attributes, children);
}

function makeSvg(tag, attributes, ...children) {
  return furnish(document.createElementNS(SVG, tag), attributes, children);
}

function furnish(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return element;
}

// A name or a text in its own language and direction.
function isolated(text, language) {
  return make("bdi", { lang: language && language !== "und" ? language : null }, shown(text));
}

function entityLink(entity, text) {
  return make("button", { type: "button", class: "link", "data-entity": entity.id, onclick: () => select(entity) }, isolated(text ?? entity.label, text === undefined ? entity.language : null));
}

function icon(name) {
  return makeSvg("svg", { class: "icon", "aria-hidden": "true" }, makeSvg("use", { href: `#i-${name}` }));
}

// The outlines of the top classes, so that colour is never the only difference; radius 1 around (0, 0).
const SHAPES = [
  { corners: [[0, -1.16], [1.16, 0], [0, 1.16], [-1.16, 0]] },
  { corners: [[-0.86, -0.86], [0.86, -0.86], [0.86, 0.86], [-0.86, 0.86]] },
  { round: 1 },
  { corners: [[0, -1.12], [1.08, 0.78], [-1.08, 0.78]] },
  { corners: polygon(6, 0) },
  { corners: polygon(5, -Math.PI / 2) },
  { corners: polygon(8, Math.PI / 8) },
];
const ROUND = SHAPES[2];

function polygon(n, turn) {
  return Array.from({ length: n }, (_, i) => [1.06 * Math.cos(turn + (2 * Math.PI * i) / n), 1.06 * Math.sin(turn + (2 * Math.PI * i) / n)]);
}

function shapeOf(cls) {
  return SHAPES[Math.max(0, PAGE.tops.indexOf(topOf(cls))) % SHAPES.length];
}

function shapePath(shape, x, y, r) {
  if (shape.round) return `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;
  return shape.corners.map(([a, b], i) => `${i ? "L" : "M"}${(x + a * r).toFixed(2)} ${(y + b * r).toFixed(2)}`).join("") + "z";
}

const FALLBACK = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#8a8f98"];

function colourOf(cls) {
  const own = classes.get(cls)?.colour;
  const colour = /^#[0-9a-f]{6}$/i.test(own || "") ? own : FALLBACK[Math.max(0, PAGE.tops.indexOf(topOf(cls))) % FALLBACK.length];
  return dark() ? mixed(colour, "#ffffff", 0.22) : colour;
}

function mixed(one, two, part) {
  const [a, b] = [one, two].map((c) => [1, 3, 5].map((i) => parseInt(c.slice(i, i + 2), 16)));
  return "#" + a.map((v, i) => Math.round(v + (b[i] - v) * part).toString(16).padStart(2, "0")).join("");
}

function shapeIcon(cls) {
  const path = makeSvg("path", { d: shapePath(shapeOf(cls), 9, 9, 6.2), fill: colourOf(cls), stroke: colourOf(cls), "stroke-width": 1.6, "stroke-linejoin": "round" });
  return makeSvg("svg", { class: "shape", viewBox: "0 0 18 18", "aria-hidden": "true" }, path);
}

// The lines of facts that do not hold, so that the picture never shows a rumour as a fact.
const LINES = { past: [6, 4], future: [14, 4] };
const UNSURE = [[8, 3, 1.5, 3], [1.5, 3.5], [8, 3, 1.5, 3, 1.5, 3]];

function dashesOf(status) {
  return status.plain ? false : LINES[status.tense] || UNSURE[status.unsure % UNSURE.length];
}

function lineIcon(status) {
  const dashes = dashesOf(status);
  return makeSvg("svg", { class: "stroke", viewBox: "0 0 30 8", "aria-hidden": "true" }, makeSvg("path", { d: "M0 4H30", "stroke-dasharray": dashes && dashes.join(" ") }));
}

function say(text) {
  $("spoken").textContent = text;
}
