// Where the names go: beside their nodes, the important first, never over another name or node; measured with the real font.
const LABEL = { size: 13, line: 16, widest: 150, lines: 2 };
const SMALL = { size: 11, line: 13, widest: 130, lines: 1 };
const IMPORTANT = 11; // radius of a node
const wrapped = new Map();

// The direction that a browser gives a text of its own: that of its first letter.
function directionOf(text) {
  return /^\P{L}*(?=\p{L})[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u.test(text) ? "rtl" : "ltr";
}

function fontOf(kind, bold) {
  return `${bold ? 600 : 450} ${kind.size}px ${getComputedStyle(document.body).fontFamily}`;
}

// Break a text into lines of at most `kind.widest` pixels, at spaces where there are some; the rest becomes "…".
function lines(ctx, text, kind) {
  const key = `${kind.size} ${text}`;
  if (!wrapped.has(key)) {
    ctx.font = fontOf(kind, true);
    const fits = (t) => ctx.measureText(t).width <= kind.widest;
    const out = [];
    let rest = text.replace(/\s+/g, " ").trim();
    while (rest && out.length < kind.lines) {
      const last = out.length === kind.lines - 1;
      let end = rest.length;
      if (!fits(rest)) {
        end = [...rest.slice(0, 80)].reduce((at, c) => (fits(rest.slice(0, at + c.length) + (last ? "…" : "")) ? at + c.length : at), 0) || 1;
        const space = rest.lastIndexOf(" ", end);
        if (!last && space > 0) end = space;
      }
      out.push(rest.slice(0, end).trim() + (last && end < rest.length ? "…" : ""));
      rest = rest.slice(end).trim();
    }
    const width = Math.max(1, ...out.map((l) => ctx.measureText(l).width));
    wrapped.set(key, { lines: out, width, height: out.length * kind.line });
  }
  return wrapped.get(key);
}

// Boxes already taken, in cells of 64 pixels.
function makeGrid() {
  const cells = new Map();
  const keys = ([x0, y0, x1, y1]) => {
    const found = [];
    for (let i = Math.floor(x0 / 64); i <= Math.floor(x1 / 64); i++) for (let j = Math.floor(y0 / 64); j <= Math.floor(y1 / 64); j++) found.push(i * 100003 + j);
    return found;
  };
  return {
    add(box, owner) {
      for (const key of keys(box)) (cells.get(key) || cells.set(key, []).get(key)).push([box, owner]);
    },
    free(box, owner) {
      return !keys(box).some((k) => (cells.get(k) || []).some(([b, o]) => o !== owner && b[0] < box[2] && b[2] > box[0] && b[1] < box[3] && b[3] > box[1]));
    },
  };
}

let placed = null;

function forgetLabels() {
  placed = null;
  spoil();
}

// The box that no name may leave, where the view is the one that fit() found.
function boundsAt(scale) {
  return rest && Math.abs(rest.scale / scale - 1) < 1e-9 ? rest.box : null;
}

// Return the labels of nodes and edges with their boxes, in world coordinates times the scale: panning changes nothing.
function placeLabels(ctx, scale, lit) {
  if (placed && placed.scale === scale && placed.lit === lit) return placed;
  const [grid, small] = [makeGrid(), makeGrid()];
  const items = shownItems();
  const bounds = boundsAt(scale);
  if (bounds) rest.taken.forEach((box) => grid.add(box, "control"));
  for (const item of items) {
    const [x, y, r] = [item.x * scale, item.y * scale, item.radius * scale + 1];
    (item.radius < IMPORTANT ? small : grid).add([x - r, y - r, x + r, y + r], item.id);
  }
  const first = (item) => (lit?.entities.has(item.entity) ? 2 : 0) + (cursor === item.id ? 4 : 0) + (item.entity && item.entity === state.selected?.it ? 8 : 0);
  const order = items.map((item) => [first(item), item]).sort((a, b) => b[0] - a[0] || b[1].radius - a[1].radius || (a[1].id < b[1].id ? -1 : 1));
  const nodes = order.map(([rank, item]) => placeOne(ctx, { grid, small, bounds, rank }, item, scale)).filter(Boolean);
  placed = { scale, lit, nodes, edges: scale > 0.45 || lit ? placeEdges(ctx, [grid, small], scale, lit) : [] };
  return placed;
}

// Beside its node; an important name may cover unimportant nodes where there is no other room.
function placeOne(ctx, { grid, small, bounds, rank }, item, scale) {
  const text = lines(ctx, item.label, LABEL);
  const inside = bounds && within([item.x * scale, item.y * scale, item.x * scale, item.y * scale], bounds) ? bounds : null;
  const boxes = spots(item, text, inside, scale);
  const free = (box) => (!inside || within(box, inside)) && grid.free(box, item.id);
  const box = boxes.find((b) => free(b) && small.free(b, item.id)) || (rank > 0 || item.radius > IMPORTANT ? boxes.find(free) : null);
  if (!box) return null;
  grid.add(box, "label");
  return { item, box, lines: text.lines, direction: item.entity ? directionOf(item.label) : "ltr" };
}

function spots(item, text, bounds, scale) {
  const [x, y, r, w, h] = [item.x * scale, item.y * scale, item.radius * scale, text.width + 4, text.height];
  const middle = bounds ? Math.min(Math.max(x - w / 2, bounds[0]), bounds[2] - w) : x - w / 2;
  const corners = [
    [middle, y + r + 3], [x + r + 4, y - h / 2], [x - r - 4 - w, y - h / 2], [middle, y - r - 3 - h],
    [x + r * 0.7 + 3, y + r * 0.7], [x - r * 0.7 - 3 - w, y + r * 0.7], [x + r * 0.7 + 3, y - r * 0.7 - h], [x - r * 0.7 - 3 - w, y - r * 0.7 - h],
  ];
  return corners.map(([left, top]) => [left, top, left + w, top + h]);
}

const within = (a, b) => a[0] >= b[0] && a[1] >= b[1] && a[2] <= b[2] && a[3] <= b[3];

// What does not hold says so first: the end of a long label is cut.
function edgeText(fact) {
  const label = labelOf(relations.get(fact.predicate));
  return fact.holds ? label : `${statusText(fact)} · ${label}`;
}

function placeEdges(ctx, grids, scale, lit) {
  const found = [];
  for (const fact of lit ? view.edges.filter((f) => lit.facts.has(f)) : view.edges) {
    const curve = curveOf(`f${fact.id}`);
    if (!curve) continue;
    const text = lines(ctx, edgeText(fact), SMALL);
    const [a, b] = [curve(0), curve(1)];
    if (Math.hypot(a.x - b.x, a.y - b.y) * scale < text.width * (Math.abs(a.x - b.x) > Math.abs(a.y - b.y) ? 1.1 : 0.55) + 24) continue;
    for (const t of [0.5, 0.42, 0.58, 0.34, 0.66]) {
      const { x, y } = curve(t);
      const box = [x * scale - text.width / 2 - 3, y * scale - 8, x * scale + text.width / 2 + 3, y * scale + 8];
      if (grids.every((grid) => grid.free(box))) {
        grids[0].add(box, "label");
        found.push({ fact, box, lines: text.lines });
        break;
      }
    }
  }
  return found;
}

function drawLabels(ctx, scale, lit) {
  const { nodes, edges } = placeLabels(ctx, scale, lit);
  ctx.save();
  ctx.scale(1 / scale, 1 / scale);
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  ctx.lineJoin = "round";
  for (const { fact, box, lines: rows } of edges) write(ctx, rows, box, SMALL, { colour: colours.soft, alpha: !lit || lit.facts.has(fact) ? 1 : 0.15 });
  for (const { item, box, lines: rows, direction } of nodes) {
    const bright = !lit || lit.entities.has(item.entity);
    write(ctx, rows, box, LABEL, { colour: colours.ink, alpha: bright ? 1 : 0.28, bold: item.radius > 16 || item.entity === state.selected?.it, direction });
  }
  ctx.restore();
}

function write(ctx, rows, [x0, y0, x1], kind, { colour, alpha, bold, direction = "ltr" }) {
  ctx.direction = direction;
  ctx.font = fontOf(kind, bold);
  ctx.globalAlpha = alpha;
  ctx.lineWidth = 4;
  ctx.strokeStyle = colours.paper;
  ctx.fillStyle = colour;
  rows.forEach((row, i) => {
    const y = y0 + kind.line * (i + 0.5) + (kind === SMALL ? 1.5 : 0);
    ctx.strokeText(row, (x0 + x1) / 2, y);
    ctx.fillText(row, (x0 + x1) / 2, y);
  });
  ctx.globalAlpha = 1;
}
