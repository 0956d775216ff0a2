// What the user does with a thing: choose it, walk on from it, open the group it lies in.
function choose(kind, it = null) {
  change((s) => {
    Object.assign(s, { selected: kind ? { kind, it } : null, path: null, pick: null });
    if (kind === "fact") [it.subject, it.object].forEach((e) => uncover(s, e));
  });
  if (kind === "fact") frame([it.subject, it.object]);
}

function select(entity) {
  if (state.pick && state.pick !== entity) return finishPath(entity);
  change((s) => {
    Object.assign(s, { selected: { kind: "entity", it: entity }, path: null, pick: null });
    uncover(s, entity);
  });
  cursor = seenItems.nodes.has(entity.id) ? entity.id : null;
  reveal(entity.id);
  say(word("selected", { a: shown(entity.label), k: labelOf(classes.get(entity.cls)), n: number(entity.facts.length) }));
}

// Make sure that a chosen entity stands in the picture: open its group, or widen the neighbourhood to it.
function uncover(s, entity) {
  if (s.focus && !view.entities.includes(entity)) s.focus = [entity];
  if (OVERVIEW && !s.focus) openIn(s, groups[entity.group]);
}

// Bring what an address chooses into the picture.
function arrive() {
  const { path, selected } = state;
  const chosen = { entity: (e) => [e], fact: (f) => [f.subject, f.object] }[selected?.kind]?.(selected.it) || [];
  const these = path ? (pathBetween(...path) || path).filter((s) => s.name) : chosen;
  if (OVERVIEW && !state.focus) change((s) => these.forEach((e) => openIn(s, groups[e.group])), { keep: false });
  if (these.length === 1) reveal(these[0].id);
  else frame(these);
}

function openIn(s, group) {
  if (s.opened.includes(group.id)) return;
  s.opened.push(group.id);
  // Never more than MOST at once: the groups opened first close first.
  while (s.opened.length > 1 && s.opened.reduce((n, g) => n + groups[g].members.length, 0) > MOST) s.opened.shift();
}

function openGroup(group) {
  change((s) => openIn(s, group));
  fit(new Set(group.members.map((e) => e.id)));
}

function closeGroup(group) {
  change((s) => (s.opened = s.opened.filter((g) => g !== group.id)));
}

function clear() {
  change((s) => Object.assign(s, { selected: null, path: null, pick: null }));
  $("graph").focus({ preventScroll: true });
}

const isRoot = (entity) => Boolean(state.focus?.includes(entity));

function focusOn(entity) {
  change((s) => Object.assign(s, { focus: [entity], selected: { kind: "entity", it: entity }, path: null, pick: null }));
  fit();
}

function expand(entity) {
  if (!state.focus) return focusOn(entity);
  change((s) => (s.focus = [...s.focus.filter((e) => e !== entity), entity]));
  fit();
}

function collapse(entity) {
  if (!isRoot(entity)) return;
  change((s) => (s.focus = s.focus.length > 1 ? s.focus.filter((e) => e !== entity) : null));
  fit();
}

function startPath(entity) {
  change((s) => (s.pick = s.pick === entity ? null : entity));
  if (state.pick) say(word("pathPick", { a: shown(entity.label) }));
}

function finishPath(goal) {
  const start = state.pick;
  change((s) => {
    Object.assign(s, { path: [start, goal], pick: null, selected: null });
    if (s.focus && !view.entities.includes(goal)) s.focus = null;
  });
  const steps = pathBetween(start, goal);
  if (steps && OVERVIEW && !state.focus) {
    change((s) => steps.filter((e) => e.name).forEach((e) => openIn(s, groups[e.group])), { keep: false });
  }
  if (steps) frame(steps.filter((s) => s.name));
  say(steps ? word("pathSteps", { n: number((steps.length - 1) / 2) }) : word("pathNone", { a: shown(start.label), b: shown(goal.label) }));
}

// Move so that these entities are in view, without coming closer than the present scale asks for.
function frame(these) {
  const [x0, y0, x1, y1] = area().nodes;
  const spots = these.map((e) => network.body.nodes[e.id]).filter(Boolean).map(({ x, y }) => network.canvasToDOM({ x, y }));
  if (spots.length && spots.some(({ x, y }) => x < x0 || y < y0 || x > x1 || y > y1)) fit(new Set(these.map((e) => e.id)));
}

function showBanner() {
  const text = state.pick ? word("pathPick", { a: shown(state.pick.label) })
    : state.focus ? word("focusBanner", { a: state.focus.map((e) => shown(e.label)).join(", ") })
      : OVERVIEW && !state.opened.length ? word("overview", { n: number(view.bubbles.length) }) : "";
  $("banner").hidden = !text;
  $("banner-text").textContent = text;
  $("banner-close").hidden = !state.pick && !state.focus;
  $("banner-close").textContent = word(state.pick ? "cancel" : "showAll");
}

function leaveBanner() {
  change((s) => (s.pick ? (s.pick = null) : (s.focus = null)));
  if (!state.focus) fit();
}
