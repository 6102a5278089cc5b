// Countdowns by the server's clock: every [data-ends] (a moment, in milliseconds) or [data-rest] (what is left of a timer
// that is held) shows mm.ss. A device's own clock may be wrong or set while we look, so it is never asked: what time it is
// the page says (#live), or the server (/clock) after every sleep and lost connection. Fires "timer:tick" ({ timer, left,
// isHeld }).
const TRIES = 3;
const GOOD = 600; // an answer that took so long is half as much wrong
const TICK = 250;
const AGAIN = 2000;

let ahead = asLoaded(); // the server's time when performance.now() was 0
let measuring = null;

// The server wrote the page between our asking and the first of its bytes; null where that took too long to tell.
function asLoaded() {
  const { requestStart, responseStart } = performance.getEntriesByType("navigation")[0] ?? {};
  const isPrompt = responseStart > 0 && responseStart - requestStart < GOOD;
  return isPrompt ? Number(document.getElementById("live").dataset.now) - (requestStart + responseStart) / 2 : null;
}

async function ask() {
  let best = Infinity;
  for (let tries = 0; tries < TRIES && best > GOOD; tries += 1) {
    const before = performance.now();
    const answer = await fetch("/clock", { cache: "no-store" });
    const { now } = await answer.json();
    const took = performance.now() - before;
    if (took >= best) continue;
    best = took;
    ahead = now - before - took / 2;
    paint();
  }
}

function measure() {
  measuring ??= ask().catch(() => {}).finally(() => setTimeout(() => { measuring = null; }, AGAIN));
}

// "4.05", "−0.12" where it is told how long the time has been up.
export function spell(left, isSigned) {
  const seconds = Math.abs(Math.ceil(left / 1000));
  const sign = left <= -1000 && isSigned ? "−" : "";
  const shown = left < 0 && !isSigned ? 0 : seconds;
  return `${sign}${String(Math.floor(shown / 60)).padStart(2, "0")}.${String(shown % 60).padStart(2, "0")}`;
}

function paint() {
  for (const timer of document.querySelectorAll("[data-ends],[data-rest]")) {
    const { ends, rest } = timer.dataset;
    if (!rest && (!ends || ahead === null)) {
      if (ends) measure();
      continue;
    }
    const left = rest ? Number(rest) : Number(ends) - ahead - performance.now();
    const told = spell(left, "signed" in timer.dataset);
    if (timer.textContent !== told) timer.textContent = told;
    timer.toggleAttribute("data-over", left <= 0);
    const bar = timer.nextElementSibling;
    if (bar?.matches("progress")) bar.value = Math.max(left, 0);
    document.dispatchEvent(new CustomEvent("timer:tick", { detail: { timer, left, isHeld: Boolean(rest) } }));
  }
}

setInterval(paint, TICK);
document.addEventListener("live:fresh", paint);
let wasOff = false;
document.addEventListener("live:state", ({ detail: { state } }) => {
  if (state === "on" && wasOff) measure();
  wasOff = state !== "on";
});
document.addEventListener("visibilitychange", () => { if (!document.hidden) measure(); });
paint();
