// Show the state, and bind the controls that belong to no other part.
const SERVED = "/graph"; // where `kg serve` has the page, and its contents above
let shownLook = null;

function show() {
  writeAddress();
  showLook();
  look();
  paint();
  showFilters();
  showTimeline();
  showPanel();
  showBanner();
  showCounts();
  $("undo").disabled = !past.length;
  $("redo").disabled = !future.length;
}

// Theme and language: only where they changed.
function showLook() {
  const key = `${state.language} ${dark()}`;
  if (key === shownLook) return;
  shownLook = key;
  document.documentElement.dataset.theme = dark() ? "dark" : "light";
  document.documentElement.lang = state.language;
  readColours();
  seenItems.nodes.clear();
  for (const element of document.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of document.querySelectorAll("[data-word-label]")) {
    element.setAttribute("aria-label", word(element.dataset.wordLabel));
    if (element.matches(".tools button, .zoom button")) element.title = word(element.dataset.wordLabel);
  }
  for (const element of document.querySelectorAll("[data-word-placeholder]")) element.placeholder = word(element.dataset.wordPlaceholder);
  $("language").value = state.language;
  showKeys();
  const first = entities.reduce((a, b) => (b.radius > (a?.radius ?? 0) ? b : a), null);
  document.title = first ? `${shown(first.label)} · ${word("title")}` : word("title");
}

function showCounts() {
  const counts = { e: number(view.entities.length), f: number(view.facts.length), E: number(entities.length), F: number(facts.length) };
  const all = view.entities.length === entities.length && view.facts.length === facts.length;
  $("counts").textContent = word(all ? "counts" : "countsOf", counts);
  $("nothing").textContent = word(entities.length ? "nothing" : "empty");
  $("nothing").hidden = view.entities.length > 0;
}

function togglePhysics() {
  const on = $("physics").getAttribute("aria-pressed") !== "true";
  $("physics").setAttribute("aria-pressed", String(on));
  moving = on;
  network.setOptions({ physics: { enabled: on } });
  if (!on) keepPlaces();
  forgetLabels();
}

function start() {
  state = decode(location.hash.slice(1));
  if (location.protocol.startsWith("http") && location.pathname === SERVED) $("contents").href = "/"; // a file leads nowhere
  $("language").append(...LANGUAGES.map((l) => make("option", { value: l, lang: l }, PAGE.words[l].name)));
  $("language").addEventListener("change", (e) => change((s) => (s.language = e.target.value)));
  $("theme").addEventListener("click", () => change((s) => (s.theme = dark() ? "light" : "dark")));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", show);
  for (const event of ["beforeprint", "afterprint"]) {
    window.addEventListener(event, () => {
      printing = event === "beforeprint";
      showLook();
      paint(); // the panel stays: what is unfolded in it is printed so
    });
  }
  startTimeline();
  startFilters();
  startSearch();
  startExport();
  startKeys();
  $("undo").addEventListener("click", undo);
  $("redo").addEventListener("click", redo);
  $("physics").addEventListener("click", togglePhysics);
  $("zoom-in").addEventListener("click", () => zoom(1.3));
  $("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
  $("fit").addEventListener("click", () => fit());
  $("banner-close").addEventListener("click", leaveBanner);
  $("help").addEventListener("click", () => $("help-dialog").showModal());
  $("help-dialog").querySelector("button").addEventListener("click", (e) => {
    e.preventDefault();
    $("help-dialog").close();
  });
  $("graph").addEventListener("mousemove", moveTip);
  $("graph").addEventListener("mouseleave", () => ($("tip").hidden = true));
  $("skip").addEventListener("click", (e) => {
    e.preventDefault();
    $("graph").focus();
  });
  show();
  startNetwork();
  fit(null, false);
  arrive();
  for (const event of ["popstate", "hashchange"]) window.addEventListener(event, restore);
  document.documentElement.dataset.ready = "true";
  requestAnimationFrame(() => setTimeout(() => performance.mark("ready")));
}

// For whoever embeds the page, and for its tests: to read, not to write.
window.kgPage = {
  network: () => network, view: () => view, items: () => shownItems(), svg: () => svgPicture(), turtle, csv, state: () => encode(state),
  openMost: () => change((s) => groups.forEach((g) => s.opened.reduce((n, o) => n + groups[o].members.length, g.members.length) <= MOST && openIn(s, g))),
  labels: () => placeLabels(drawing(), network.getScale(), lit), still: () => network.body.view.scale === sheet.scale && !stale, settle,
};

start();
