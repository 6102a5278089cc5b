// Through the past of a canvas without loading pages: steps, a slider, and playing. Everything here is also a link.
const PACE = 900;
const steps = document.getElementById("steps");
const slider = steps.elements.rev;
const play = steps.querySelector("[data-play]");
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
const wall = document.getElementById("on-wall");
const screen = wall?.querySelector("button");
const said = wall?.querySelector("output");
let asked = 0;
let timer = 0;
let isSending = false;

const moment = () => document.getElementById("moment");
const address = (revision) => `${steps.getAttribute("action")}?rev=${revision}`;

const isLed = () => screen?.getAttribute("aria-pressed") === "true";
const press = (is) => screen.setAttribute("aria-pressed", is);

function mark() {
  const { changed } = moment().dataset;
  sheet.replaceSync(changed ? `#note-${CSS.escape(changed)}{outline:3px solid var(--kunyit);outline-offset:1px}` : "");
  const note = document.getElementById(`note-${changed}`);
  // Only inside its block: the sentence above stays where it is.
  const list = note?.parentElement;
  if (list && list.scrollHeight > list.clientHeight) note.scrollIntoView({ block: "nearest" });
}

// Returns whether this is still what is wanted.
async function show(revision) {
  const turn = ++asked;
  const answer = await fetch(address(revision), { headers: { Accept: "text/html" } });
  if (answer.redirected || !answer.ok) return location.assign(address(revision));
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (turn !== asked) return false;
  moment().replaceWith(page.getElementById("moment"));
  const fresh = page.getElementById("steps");
  for (const link of steps.querySelectorAll("a[data-step]")) {
    const href = fresh.querySelector(`[data-step=${link.dataset.step}]`).getAttribute("href");
    if (href) link.setAttribute("href", href);
    else link.removeAttribute("href");
  }
  const { revision: here } = moment().dataset;
  slider.max = fresh.elements.rev.max;
  slider.value = here;
  steps.querySelector("[data-count]").textContent = `${here}/${slider.max}`;
  history.replaceState(null, "", address(here));
  mark();
  if (isLed()) await lead();
  return true;
}

// What the wall is to show: this moment while the button is pressed, else the canvas of now.
function wanted() {
  const scene = new URLSearchParams(new FormData(wall));
  scene.set("rev", moment().dataset.revision);
  if (!isLed()) scene.set("kind", "canvas");
  return scene.toString();
}

// One at a time, so that the wall never ends on an earlier moment than this page.
async function lead() {
  if (isSending) return;
  isSending = true;
  let sent;
  let isTaken;
  do {
    sent = wanted();
    const asked = { method: "POST", body: new URLSearchParams(sent), redirect: "manual" };
    isTaken = (await fetch(wall.action, asked).catch(() => null))?.type === "opaqueredirect";
  } while (isTaken && wanted() !== sent);
  isSending = false;
  if (!isTaken) press(!isLed());
  said.textContent = !isTaken ? said.dataset.failed : isLed() ? said.dataset.follows : "";
}

function stop() {
  clearTimeout(timer);
  timer = 0;
  play.textContent = play.dataset.again;
}

// From the last moment, where this page opens, it goes on with the empty canvas.
async function advance() {
  try {
    const isThere = await show(moment().dataset.following ?? 0);
    if (timer && isThere && moment().dataset.following) timer = setTimeout(advance, PACE);
    else stop();
  } catch {
    stop();
  }
}

play.addEventListener("click", () => {
  if (timer) return stop();
  play.textContent = play.dataset.stop;
  timer = setTimeout(advance, moment().dataset.following ? PACE : 0);
});

slider.addEventListener("input", () => {
  stop();
  show(slider.value).catch(() => {});
});

steps.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-step]");
  if (!link?.href || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  stop();
  show(moment().dataset[link.dataset.step]).catch(() => location.assign(link.href));
});

wall?.addEventListener("submit", (event) => {
  event.preventDefault();
  press(!isLed());
  lead();
});

steps.addEventListener("submit", (event) => event.preventDefault());
steps.querySelector("[data-show]").hidden = true;
play.hidden = false;
mark();
