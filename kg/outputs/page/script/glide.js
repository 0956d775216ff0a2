// The picture is drawn on a sheet wider than the window: panning moves the sheet, zooming stretches it until the motion rests.
const SPARE = 0.4; // of the window's width and height, on each side
const MOST_PIXELS = 2e7; // of a sheet; more spare room than this allows would cost too much memory
const SMOOTH = 12; // milliseconds: what is drawn faster than this is drawn at every step of a zoom
const REST = 140; // milliseconds without motion
let sheet = null;
let stale = true;
let resting = 0;

function spoil() {
  stale = true;
}

// Everything that is seen, on any canvas: x, y is where the middle of the world lies.
function drawScene(ctx, x, y, scale) {
  ctx.save();
  ctx.translate(x, y);
  ctx.scale(scale, scale);
  drawHulls(ctx);
  network.renderer._drawEdges(ctx);
  network.renderer._drawNodes(ctx, true);
  network.renderer._drawArrows(ctx);
  drawLabels(ctx, scale, lit);
  ctx.restore();
}

function windowSize() {
  const { clientWidth, clientHeight } = network.canvas.frame.canvas;
  return { width: clientWidth, height: clientHeight, ratio: network.canvas.pixelRatio };
}

function newSheet({ width, height, ratio }) {
  const spare = Math.max(0, Math.min(SPARE, (Math.sqrt(MOST_PIXELS / (width * height * ratio * ratio)) - 1) / 2));
  const [left, top] = [Math.ceil(width * spare), Math.ceil(height * spare)];
  const canvas = make("canvas", { width: Math.ceil((width + 2 * left) * ratio), height: Math.ceil((height + 2 * top) * ratio) });
  return { canvas, left, top, width, height, ratio, cost: 0 };
}

function drawSheet(size) {
  const { translation, scale } = network.body.view;
  if (!sheet || sheet.width !== size.width || sheet.height !== size.height || sheet.ratio !== size.ratio) sheet = newSheet(size);
  const ctx = sheet.canvas.getContext("2d");
  const before = performance.now();
  ctx.setTransform(size.ratio, 0, 0, size.ratio, 0, 0);
  ctx.clearRect(0, 0, sheet.canvas.width, sheet.canvas.height);
  Object.assign(sheet, { x: translation.x + sheet.left, y: translation.y + sheet.top, scale });
  drawScene(ctx, sheet.x, sheet.y, scale);
  sheet.cost = performance.now() - before;
  stale = false;
}

// Where the sheet lies on the window now: its corner, and how much it is stretched.
function lie() {
  const { translation, scale } = network.body.view;
  const stretch = scale / sheet.scale;
  const whole = (v) => (stretch === 1 ? Math.round(v * sheet.ratio) / sheet.ratio : v);
  return { x: whole(translation.x - sheet.x * stretch), y: whole(translation.y - sheet.y * stretch), stretch };
}

function covers({ x, y, stretch }, { width, height }) {
  const [across, down] = [(width + 2 * sheet.left) * stretch, (height + 2 * sheet.top) * stretch];
  return x <= 0 && y <= 0 && x + across >= width && y + down >= height;
}

function serves(size) {
  if (stale || !sheet || sheet.width !== size.width || sheet.height !== size.height || sheet.ratio !== size.ratio) return false;
  const now = lie();
  return covers(now, size) && (now.stretch === 1 || sheet.cost > SMOOTH);
}

function showSheet({ ratio, width, height }) {
  const ctx = network.canvas.getContext();
  const { x, y, stretch } = lie();
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  ctx.clearRect(0, 0, width, height);
  ctx.drawImage(sheet.canvas, x, y, (sheet.canvas.width / ratio) * stretch, (sheet.canvas.height / ratio) * stretch);
  clearTimeout(resting);
  if (stretch !== 1) resting = setTimeout(settle, REST);
}

function settle() {
  spoil();
  network.redraw();
}

// The ring of what the mouse is on comes and goes too often to belong to the sheet.
function showHovered() {
  const node = hovered === null ? null : network.body.nodes[hovered];
  if (!node) return;
  const ctx = network.canvas.getContext();
  const { translation, scale } = network.body.view;
  ctx.save();
  ctx.translate(translation.x, translation.y);
  ctx.scale(scale, scale);
  ring(ctx, shownItem(hovered).radius, node.x, node.y, false, false);
  ctx.restore();
}

// Take the drawing over from vis-network, which would draw everything anew for every step of a motion.
function startGliding() {
  const { renderer, canvas, body } = network;
  const original = renderer._redraw.bind(renderer);
  renderer._redraw = (hidden = false) => {
    if (hidden || !renderer.allowRedraw) return original(hidden);
    renderer.redrawRequested = false;
    if (busy) return undefined;
    body.emitter.emit("initRedraw");
    if (!canvas.frame.canvas.width || !canvas.frame.canvas.height) canvas.setSize();
    const size = windowSize();
    if (!size.width || !size.height) return undefined;
    if (!serves(size)) drawSheet(size);
    showSheet(size);
    return showHovered();
  };
}
