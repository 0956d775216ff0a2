// The slider: which facts held on a day. Facts without dates stay unless only dated ones are wanted.
const dates = facts.flatMap((f) => [f.from, f.to]).filter((d) => d !== null).sort((a, b) => a - b);
const span = dates.length > 1 && dates[0] < dates.at(-1) ? [dates[0], dates.at(-1)] : null;
const BARS = 60;
let playing = null;

function startTimeline() {
  if (!span) return;
  $("time").hidden = false;
  [$("day").min, $("day").max] = [span[0], span[1]];
  const bins = Array(BARS).fill(0);
  for (const day of dates) bins[Math.min(BARS - 1, Math.floor(((day - span[0]) / (span[1] - span[0])) * BARS))] += 1;
  const highest = Math.max(...bins);
  $("bars").setAttribute("viewBox", `0 0 ${BARS} 20`);
  $("bars").append(...bins.map((n, i) => makeSvg("rect", { x: i + 0.12, width: 0.76, y: 20 - (n ? 2 + 18 * Math.sqrt(n / highest) : 0), height: 20, rx: 0.2 })));
  $("day").addEventListener("input", (e) => change((s) => (s.day = Number(e.target.value))));
  $("dated").addEventListener("change", (e) => change((s) => (s.dated = e.target.checked)));
  $("any-time").addEventListener("click", () => change((s) => (s.day = null)));
  $("play").addEventListener("click", () => (playing ? pause() : play()));
}

function play() {
  if (state.day === null || state.day >= span[1]) change((s) => (s.day = span[0]));
  const pace = Math.max(1, Math.round((span[1] - span[0]) / 80));
  playing = setInterval(() => {
    change((s) => (s.day = Math.min(span[1], s.day + pace)), { keep: false });
    if (state.day >= span[1]) pause();
  }, 130);
  showTimeline();
}

function pause() {
  clearInterval(playing);
  playing = null;
  showTimeline();
}

function showTimeline() {
  if (!span) return;
  const { day } = state;
  $("day").value = day === null ? span[1] : day;
  const text = day === null ? word("always") : dateText(dayText(day));
  $("day").setAttribute("aria-valuetext", text);
  $("day-value").textContent = text;
  $("dated").checked = state.dated;
  $("any-time").hidden = day === null;
  $("play").setAttribute("aria-label", word(playing ? "pause" : "play"));
  $("play-icon").setAttribute("href", playing ? "#i-pause" : "#i-play");
  const part = day === null ? -1 : ((day - span[0]) / (span[1] - span[0])) * BARS;
  [...$("bars").children].forEach((bar, i) => bar.classList.toggle("past", i <= part));
}
