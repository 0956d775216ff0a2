// The slider: which facts held on a day.
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
  showYears();
  window.addEventListener("resize", showYears);
}

// Round years along the track, the span itself standing at the ends of the thumb's way.
function showYears() {
  const [from, to] = span.map((d) => new Date(d * DAY).getUTCFullYear());
  const most = Math.max(1, Math.floor($("years").clientWidth / 52));
  const step = [1, 2, 5, 10, 20, 25, 50, 100, 200, 500].find((s) => (to - from) / s <= most) || 1000;
  const rounds = [];
  for (let year = Math.ceil(from / step) * step; year <= to; year += step) {
    const part = (Date.UTC(year, 0, 1) / DAY - span[0]) / (span[1] - span[0]);
    if (part >= 0 && part <= 1) rounds.push([year, part]);
  }
  $("years").replaceChildren(...rounds.map(([year, part]) => {
    const mark = make("span", {}, String(year));
    mark.style.setProperty("--part", part);
    return mark;
  }));
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
  $("time").classList.toggle("any", day === null);
  $("any-time").hidden = day === null;
  $("play").setAttribute("aria-label", word(playing ? "pause" : "play"));
  $("play-icon").setAttribute("href", playing ? "#i-pause" : "#i-play");
  const part = day === null ? -1 : ((day - span[0]) / (span[1] - span[0])) * BARS;
  [...$("bars").children].forEach((bar, i) => bar.classList.toggle("past", i <= part));
}
