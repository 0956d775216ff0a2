// Which facts and entities pass the filters, and which of them, or of the groups, stand in the picture.
function holds(fact) {
  return (!state.dated || fact.from !== null || fact.to !== null) && (state.day === null || heldOn(fact, state.day));
}

// The rule of kg/moment.py, so that the slider shows what `--as-of` does.
function heldOn(fact, day) {
  const { tense } = statuses.get(fact.status);
  if (!tense || (fact.from !== null && day < fact.from) || (fact.to !== null && (fact.to < day || fact.ended === day))) return false;
  if (tense === "past") return fact.to !== null;
  if (tense === "future") return fact.from !== null;
  return fact.from !== null || fact.to !== null || fact.sources.some((d) => documents[d].since === null || documents[d].since <= day);
}

// Whether a document is not switched off.
const shows = (id) => !state.off.documents.has(documents[id].name);

function passes(fact) {
  return (
    !state.off.relations.has(fact.predicate) && !state.off.statuses.has(fact.status) && fact.confidence * 100 >= state.least &&
    (!state.off.documents.size || !fact.sources.length || fact.sources.some(shows)) && holds(fact)
  );
}

function allowed(entity) {
  return (
    !state.off.classes.has(entity.cls) &&
    (!state.off.documents.size || !entity.mentions.length || entity.mentions.some(([d]) => shows(d)))
  );
}

// The result for the present state: `facts`, `entities` (all that pass), and what is drawn: `drawn` entities, `bubbles`, `links`.
let view = null;

function look() {
  const fits = new Set(entities.filter(allowed));
  const passing = facts.filter((f) => fits.has(f.subject) && fits.has(f.object) && passes(f));
  const linked = new Set(passing.flatMap((f) => [f.subject, f.object]));
  const kept = entities.filter((e) => fits.has(e) && (state.loose || linked.has(e) || isSelected(e)));
  const focused = state.focus ? around(new Set(state.focus), passing) : null;
  const inside = focused ? kept.filter((e) => focused.has(e)) : kept;
  const drawn = new Set(OVERVIEW && !focused ? inside.filter((e) => state.opened.includes(e.group)) : inside.slice(0, MOST));
  const seen = new Set(inside);
  const visible = passing.filter((f) => seen.has(f.subject) && seen.has(f.object));
  const bubbles = OVERVIEW && !focused ? [...new Set(inside.map((e) => e.group))].filter((g) => !state.opened.includes(g)).map((g) => groups[g]) : [];
  view = { facts: visible, entities: inside, drawn, bubbles, edges: visible.filter((f) => drawn.has(f.subject) && drawn.has(f.object)), links: bubbles.length ? links(visible, drawn) : [] };
}

// Facts between what is drawn and a closed group, or two closed groups, count as one link.
function links(visible, drawn) {
  const end = (e) => (drawn.has(e) ? e.id : `g${e.group}`);
  const counts = new Map();
  for (const fact of visible) {
    const [a, b] = [end(fact.subject), end(fact.object)].map(String).sort();
    if (a === b || (a[0] !== "g" && b[0] !== "g")) continue;
    const key = `${a}-${b}`;
    counts.set(key, { id: `l${key}`, a, b, count: (counts.get(key)?.count || 0) + 1 });
  }
  return [...counts.values()];
}

function around(roots, passing) {
  const found = new Set(roots);
  for (const fact of passing) {
    if (roots.has(fact.subject)) found.add(fact.object);
    if (roots.has(fact.object)) found.add(fact.subject);
  }
  return found;
}

function isSelected(entity) {
  return state.selected?.it === entity || state.path?.includes(entity);
}

// Shortest path over visible facts, direction aside: [entity, fact, entity, …] or null.
function pathBetween(start, goal) {
  const near = new Map();
  for (const fact of view.facts) {
    for (const end of [fact.subject, fact.object]) near.set(end, [...(near.get(end) || []), fact]);
  }
  const came = new Map([[start, null]]);
  for (const queue = [start]; queue.length; ) {
    const here = queue.shift();
    if (here === goal) break;
    for (const fact of near.get(here) || []) {
      const next = other(fact, here);
      if (!came.has(next)) {
        came.set(next, fact);
        queue.push(next);
      }
    }
  }
  if (!came.has(goal)) return null;
  const steps = [goal];
  for (let here = goal; came.get(here); ) {
    const fact = came.get(here);
    here = other(fact, here);
    steps.unshift(here, fact);
  }
  return steps;
}

// What stands out: entities and facts, or null where nothing is chosen.
function highlight() {
  const chosen = state.selected?.it;
  if (state.path) {
    const steps = pathBetween(...state.path) || state.path;
    return { entities: new Set(steps.filter((s) => s.name)), facts: new Set(steps.filter((s) => s.key)) };
  }
  if (state.selected?.kind === "entity") {
    const own = view.edges.filter((f) => f.subject === chosen || f.object === chosen);
    return { entities: new Set([chosen, ...own.map((f) => other(f, chosen))]), facts: new Set(own) };
  }
  if (state.selected?.kind === "fact") return { entities: new Set([chosen.subject, chosen.object]), facts: new Set([chosen]) };
  if (state.selected?.kind === "document") return { entities: new Set(view.entities.filter((e) => e.mentions.some(([d]) => d === chosen.id))), facts: new Set(view.facts.filter((f) => f.sources.includes(chosen.id))) };
  return null;
}
