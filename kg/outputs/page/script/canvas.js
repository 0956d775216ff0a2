// The picture: vis-network draws and is kept in step with the view; names, communities and outlines are ours.
let network = null;
let colours = {};
let lit = null;
let cursor = null;
let hovered = null;
let clicked = null;
let moving = false; // by physics
let rest = null; // the view that fit() found: no name leaves the window there
let busy = false; // vis-network redraws at each change of its data: what is half in step must not be drawn
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
const starting = new Map(PAGE.network.nodes.map((n) => [n.id, n]));

function readColours() {
  const style = getComputedStyle(document.documentElement);
  for (const name of ["paper", "ink", "soft", "line", "accent", "hull", "edge", "edge-strong"]) colours[name] = style.getPropertyValue(`--${name}`).trim();
  colours.classes = new Map(PAGE.classes.map((c) => [c.name, colourOf(c.name)]));
}

function nodeItem(id, { label, x, y, radius }) {
  return { id, label, size: radius, ...starting.get(id), x, y, group: undefined, shape: "custom", ctxRenderer: drawNode };
}

function edgeItem(fact, bow) {
  const bright = !lit || lit.facts.has(fact);
  const strong = lit && bright;
  return {
    id: `f${fact.id}`, from: fact.subject.id, to: fact.object.id, width: strong ? 2 : 1.2, dashes: fact.holds ? false : dashesOf(statuses.get(fact.status)) || LINES.past,
    color: { color: strong ? colours["edge-strong"] : colours.edge, opacity: bright ? 1 : 0.3 }, arrows: { to: { enabled: !relations.get(fact.predicate).symmetric } },
    smooth: bow ? { enabled: true, type: bow > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(bow) } : false,
  };
}

function linkItem({ id, a, b, count }) {
  const end = (name) => (name[0] === "g" ? name : Number(name));
  return { id, from: end(a), to: end(b), width: Math.min(9, 0.8 + Math.log2(1 + count) * 0.7), arrows: { to: { enabled: false } }, color: { color: colours.edge, opacity: lit ? 0.25 : 0.6 }, smooth: false, dashes: false };
}

// Several facts between the same two entities bow apart.
function bows(shownFacts) {
  const pairs = new Map();
  for (const fact of shownFacts) {
    const key = [fact.subject.id, fact.object.id].sort((a, b) => a - b).join("-");
    (pairs.get(key) || pairs.set(key, []).get(key)).push(fact);
  }
  const found = new Map();
  for (const many of pairs.values()) {
    many.forEach((fact, i) => {
      const side = (i - (many.length - 1) / 2) * 0.26;
      found.set(fact, fact.subject.id < fact.object.id ? side : -side);
    });
  }
  return found;
}

const seenItems = { nodes: new Map(), edges: new Map() };

function sync(set, memory, items) {
  const wanted = new Map(items.map((item) => [item.id, item]));
  const gone = [...memory.keys()].filter((id) => !wanted.has(id));
  const changed = items.filter((item) => memory.get(item.id) !== fingerprint(item));
  if (gone.length) set.remove(gone);
  if (changed.length) set.update(changed);
  memory.clear();
  items.forEach((item) => memory.set(item.id, fingerprint(item)));
  return gone.length + changed.length > 0;
}

function fingerprint(item) {
  return item.ctxRenderer ? "node" : JSON.stringify(item);
}

function paint() {
  lit = highlight();
  const bow = bows(view.edges);
  const nodes = [...view.drawn].map((e) => nodeItem(e.id, e)).concat(view.bubbles.map((g) => nodeItem(`g${g.id}`, { label: groupName(g), x: g.x, y: g.y, radius: g.radius })));
  const edges = view.edges.map((f) => edgeItem(f, bow.get(f))).concat(view.links.map(linkItem));
  busy = true;
  sync(nodeSet, seenItems.nodes, nodes);
  sync(edgeSet, seenItems.edges, edges);
  busy = false;
  if (cursor !== null && !seenItems.nodes.has(cursor)) cursor = null;
  forgetLabels();
  network?.redraw();
}

function startNetwork() {
  network = new vis.Network($("graph"), { nodes: nodeSet, edges: edgeSet }, PAGE.network.options);
  startGliding();
  network.on("click", ({ nodes, edges }) => click(nodes[0], edges[0]));
  // What a double click is, the system knows best: vis-network takes the second of two for another where the page is slow.
  $("graph").addEventListener("dblclick", () => clicked !== null && open(clicked));
  network.on("doubleClick", ({ nodes }) => nodes.length && open(nodes[0]));
  network.on("dragEnd", ({ nodes }) => nodes.length || leaveRest());
  network.on("zoom", leaveRest);
  // Later, because vis-network keeps what was in view after it tells of the new size.
  network.on("resize", () => setTimeout(() => rest?.kept && fit(rest.ids, false)));
  network.on("hoverNode", ({ node }) => hover(node, null));
  network.on("hoverEdge", ({ edge }) => hover(null, edge));
  network.on("blurNode", () => hover(null, null));
  network.on("blurEdge", () => hover(null, null));
  network.on("dragging", ({ nodes }) => nodes.length && forgetLabels());
  network.on("dragEnd", ({ nodes }) => nodes.length && keepPlaces());
  network.on("initRedraw", () => moving && forgetLabels());
  // The canvas repeats what the list and the panel say in words.
  $("graph").querySelector("canvas").setAttribute("aria-hidden", "true");
  $("graph").querySelector(".vis-network").setAttribute("tabindex", "-1");
}

function keepPlaces() {
  for (const [id, { x, y }] of Object.entries(network.getPositions())) {
    const thing = id[0] === "g" ? groups[Number(id.slice(1))] : entities[Number(id)];
    [thing.x, thing.y] = [x, y];
  }
  forgetLabels();
}

// What is drawn, with its present place.
function shownItems() {
  return [...seenItems.nodes.keys()].map((id) => {
    const node = network.body.nodes[id];
    const group = typeof id === "string" ? groups[Number(id.slice(1))] : null;
    const entity = group ? null : entities[id];
    return { id, entity, group, x: node.x, y: node.y, radius: (entity || group).radius, label: group ? groupName(group) : shown(entity.label) };
  });
}

function curveOf(id) {
  const edge = network.body.edges[id];
  return edge?.connected ? (t) => edge.edgeType.getPoint(t) : null;
}

function drawNode({ ctx, id, x, y }) {
  const group = typeof id === "string" ? groups[Number(id.slice(1))] : null;
  const entity = group ? null : entities[id];
  return { drawNode: () => (group ? drawBubble(ctx, group, id, x, y) : drawEntity(ctx, entity, id, x, y)), nodeDimensions: { width: 2 * (entity || group).radius, height: 2 * (entity || group).radius } };
}

function drawEntity(ctx, entity, id, x, y) {
  const bright = !lit || lit.entities.has(entity);
  const path = new Path2D(shapePath(shapeOf(entity.cls), x, y, entity.radius));
  ctx.lineJoin = "round";
  ctx.fillStyle = ctx.strokeStyle = colours.paper;
  ctx.lineWidth = 5;
  ctx.stroke(path);
  ctx.fill(path);
  ctx.globalAlpha = bright ? 1 : 0.22;
  ctx.fillStyle = colours.classes.get(entity.cls);
  ctx.fill(path);
  ctx.globalAlpha = 1;
  const chosen = isSelected(entity) || state.pick === entity;
  if (chosen || cursor === id) ring(ctx, entity.radius, x, y, chosen, cursor === id);
}

function drawBubble(ctx, group, id, x, y) {
  ctx.beginPath();
  ctx.arc(x, y, group.radius, 0, 2 * Math.PI);
  ctx.fillStyle = colours.paper;
  ctx.fill();
  ctx.globalAlpha = lit && state.selected?.it !== group ? 0.35 : 0.85;
  ctx.fillStyle = colours.classes.get(group.members[0].cls);
  ctx.fill();
  ctx.globalAlpha = 1;
  if (group.radius * network.getScale() > 12) {
    ctx.fillStyle = colours.paper;
    ctx.textAlign = "center";
    ctx.textBaseline = "middle";
    ctx.font = `600 ${12 / network.getScale()}px ${getComputedStyle(document.body).fontFamily}`;
    ctx.fillText(number(group.members.length), x, y);
  }
  if (state.selected?.it === group || cursor === id) ring(ctx, group.radius, x, y, state.selected?.it === group, cursor === id);
}

function ring(ctx, radius, x, y, chosen, dashed) {
  ctx.beginPath();
  ctx.arc(x, y, radius + 5.5, 0, 2 * Math.PI);
  ctx.strokeStyle = chosen || dashed ? colours.accent : colours.soft;
  ctx.lineWidth = chosen || dashed ? 2.5 : 1.2;
  ctx.setLineDash(dashed && !chosen ? [5, 3] : []);
  ctx.stroke();
  ctx.setLineDash([]);
}

function drawHulls(ctx) {
  ctx.lineJoin = "round";
  ctx.fillStyle = ctx.strokeStyle = colours.hull;
  ctx.lineWidth = 76;
  for (const points of hulls()) {
    ctx.beginPath();
    points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
    ctx.closePath();
    ctx.stroke();
    ctx.fill();
  }
}

// The outlines of the communities in view: at least three members that have something to do with each other.
function hulls() {
  const members = new Map();
  for (const fact of view.edges) {
    if (fact.subject.group !== fact.object.group || groups[fact.subject.group].tray) continue;
    const set = members.get(fact.subject.group) || members.set(fact.subject.group, new Set()).get(fact.subject.group);
    set.add(fact.subject).add(fact.object);
  }
  return [...members.values()].filter((set) => set.size > 2).map((set) => hull([...set].map((e) => [network.body.nodes[e.id].x, network.body.nodes[e.id].y])));
}

// Convex hull (Andrew's monotone chain).
function hull(points) {
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const out = [];
    for (const p of list) {
      while (out.length > 1 && (out.at(-1)[0] - out.at(-2)[0]) * (p[1] - out.at(-2)[1]) <= (out.at(-1)[1] - out.at(-2)[1]) * (p[0] - out.at(-2)[0])) out.pop();
      out.push(p);
    }
    return out.slice(0, -1);
  };
  return [...half(points), ...half(points.slice().reverse())];
}

function hover(node, edge) {
  hovered = node;
  $("graph").style.cursor = node !== null || edge !== null ? "pointer" : "";
  const tip = $("tip");
  tip.hidden = node === null && edge?.[0] !== "f";
  if (tip.hidden) return network.redraw();
  if (edge) tip.replaceChildren(...factTip(facts[Number(edge.slice(1))]));
  else if (typeof node === "string") tip.replaceChildren(groupName(groups[Number(node.slice(1))]));
  else tip.replaceChildren(isolated(entities[node].label, entities[node].language), make("small", {}, labelOf(classes.get(entities[node].cls)), " · ", word("facts"), " ", number(entities[node].facts.length)));
  network.redraw();
}

function factWords(fact) {
  return [isolated(fact.subject.label), ` – ${labelOf(relations.get(fact.predicate))} – `, isolated(fact.object.label)];
}

function factTip(fact) {
  return [...factWords(fact), fact.title && make("small", {}, isolated(fact.title[0], fact.title[1])), make("small", {}, standing(fact))].filter(Boolean);
}

function moveTip(event) {
  const area = $("stage").getBoundingClientRect();
  const [x, y] = [event.clientX - area.left, event.clientY - area.top];
  const tip = $("tip");
  tip.style.left = `${Math.min(x + 14, area.width - tip.offsetWidth - 8)}px`;
  tip.style.top = `${Math.min(y + 16, area.height - tip.offsetHeight - 8)}px`;
}

function click(node, edge) {
  clicked = null;
  if (node === undefined && edge?.[0] === "f") return choose("fact", facts[Number(edge.slice(1))]);
  if (node === undefined) return state.pick ? null : choose(null);
  cursor = clicked = node;
  return typeof node === "string" ? choose("group", groups[Number(node.slice(1))]) : select(entities[node]);
}

// Open a group, or widen the neighbourhood of an entity.
function open(node) {
  if (typeof node === "string") openGroup(groups[Number(node.slice(1))]);
  else expand(entities[node]);
}

// The part of the window where nodes may stand at rest, the part where names may, and what covers it.
function area() {
  const [width, height] = [$("graph").clientWidth, $("graph").clientHeight];
  const zooms = $("zooms");
  const below = $("time").hidden ? 12 : height - $("time").offsetTop + 6;
  return { nodes: [24, 20, width - 64, height - below - 22], names: [6, 6, width - 6, height - below], controls: [zooms.offsetLeft - 4, 0, width, zooms.offsetTop + zooms.offsetHeight + 4] };
}

function fit(ids = null, animate = true) {
  const items = shownItems().filter((i) => !ids || ids.has(i.id));
  if (!items.length || !$("graph").clientWidth) return;
  const [x0, y0, x1, y1] = area().nodes;
  const [left, top] = [0, 1].map((a) => Math.min(...items.map((i) => [i.x, i.y][a] - i.radius)));
  const [right, bottom] = [0, 1].map((a) => Math.max(...items.map((i) => [i.x, i.y][a] + i.radius)));
  const scale = Math.min(Math.max(80, x1 - x0) / (right - left), Math.max(80, y1 - y0) / (bottom - top), 1.4);
  const [width, height] = [$("graph").clientWidth, $("graph").clientHeight];
  const position = { x: (left + right) / 2 - ((x0 + x1) / 2 - width / 2) / scale, y: (top + bottom) / 2 - ((y0 + y1) / 2 - height / 2) / scale };
  const inWorld = (box) => box.map((v, i) => v - [width, height][i % 2] / 2 + [position.x, position.y][i % 2] * scale);
  rest = { ids, scale, kept: true, box: inWorld(area().names), taken: [inWorld(area().controls)] };
  forgetLabels();
  move({ position, scale }, animate);
}

function leaveRest() {
  if (rest) rest.kept = false;
}

function drawing() {
  return $("graph").querySelector("canvas").getContext("2d");
}

function move(to, animate = true) {
  network.moveTo({ ...to, animation: animate && !still() ? { duration: 350, easingFunction: "easeInOutCubic" } : false });
}

function zoom(factor) {
  leaveRest();
  move({ scale: Math.min(6, Math.max(0.02, network.getScale() * factor)) });
}

// Bring a node into the picture if it is not.
function reveal(id) {
  const node = network.body.nodes[id];
  if (!node) return;
  const { x, y } = network.canvasToDOM({ x: node.x, y: node.y });
  const [w, h] = [$("graph").clientWidth, $("graph").clientHeight];
  if (x < 70 || y < 50 || x > w - 70 || y > h - 110 || network.getScale() < 0.5) {
    leaveRest();
    move({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.8) });
  }
}
