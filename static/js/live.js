// Keeps a page as the server has it, from #live (shared/_live.html): by a stream, or where the network holds streams
// back, by answers one after the other, which #live then says. Says in <html data-live> how it stands: on, off, denied.
// Fires "live:state" ({ state, isSlow }) and "live:fresh" ({ epoch, revision }). The page works without it.
import { Refused, ask, listen, pause } from "./live-link.js";

const FIRST = 3000; // a stream that has said nothing for so long is held back, or there is nobody
const GRACE = 500;
const WAIT = 20; // seconds an answer may wait for news
const BETWEEN = 200;
// A page has other things to do than to show news: it rests between two pieces, the longer the slower the device is.
const REST = { shortest: 100, times: 8, longest: 1000 };
const ATONCE = 50;
const OFTEN = 3000; // where not even waiting answers come through
const RETRIALS = [15000, 300000];
const HIDDEN = 10000;
const DENIED = new Set([401, 403, 404, 410]);
const HELD = "held back";
const NOTE = / #note-[^"]+/;
const PLACE = /<li class="note" id="([^"]+)" data-as-it-was><\/li>/g;
const INSIDE = /^[^>]*>([^]*)<\/hx-partial>\s*$/;

const root = document.documentElement;
const live = document.getElementById("live");
const address = live.dataset.events;
const stays = "stays" in live.dataset; // goes on when hidden: the wall, and the desk that runs it
const pages = window.BroadcastChannel && new BroadcastChannel("kanvas-live");

let place = live.dataset.since; // epoch-revision
let means = stream;
let turn = new AbortController();
let attempts = 0;
let broken = 0;
let trials = 0;
let trial = 0;
let applied = Promise.resolve();
let awake = Promise.resolve();
let wakeUp = null;
let hiding = 0;

function report(state) {
  if (root.dataset.live === state) return;
  root.dataset.live = state;
  announce();
}

function announce() {
  const detail = { state: root.dataset.live, isSlow: means !== stream };
  document.dispatchEvent(new CustomEvent("live:state", { detail }));
}

// For ever: one means after the other, each in a turn that can be cut short. They say how long to rest afterwards.
async function follow() {
  while (root.dataset.live !== "denied") {
    await awake;
    turn = new AbortController();
    const { signal } = turn;
    let rest = 0;
    try {
      rest = await means(signal);
    } catch (problem) {
      if (DENIED.has(problem.status)) report("denied");
      else if (!signal.aborted) {
        report("off");
        rest = backoff();
      }
    }
    await pause(rest, signal);
    turn.abort();
  }
}

function backoff() {
  attempts += 1;
  return Math.min(3000, 500 * 2 ** (attempts - 1)) * (0.5 + Math.random());
}

async function stream(signal) {
  let begin;
  const begun = new Promise((done) => { begin = done; });
  const ended = listen(address, place, signal, async (messages) => {
    begin();
    await pause(await take(messages), signal);
  });
  // Nobody there, or held back? An answer asked for later, but here earlier, tells; and it brings what is new.
  if (await isHeld(FIRST, begun, ended, signal)) {
    await once(0, signal);
    if (await isHeld(GRACE, begun, ended, signal)) {
      slowDown();
      return 0;
    }
  }
  await ended;
  return backoff();
}

async function isHeld(patience, begun, ended, signal) {
  const outcome = ended.catch((problem) => (problem.status === 503 ? HELD : ""));
  const held = pause(patience, signal).then(() => HELD);
  return (await Promise.race([begun, outcome, held])) === HELD && !signal.aborted;
}

async function answers(signal) {
  try {
    await once(WAIT, signal);
    broken = 0;
  } catch (problem) {
    if (signal.aborted || DENIED.has(problem.status)) throw problem;
    await once(0, signal);
    broken += 1;
    if (broken > 1) means = glances;
  }
  return BETWEEN;
}

async function glances(signal) {
  await once(0, signal);
  return OFTEN * (0.8 + 0.4 * Math.random());
}

const once = (wait, signal) => ask(address, place, wait, signal, take);

function slowDown() {
  means = answers;
  broken = 0;
  trials = 0;
  live.textContent = live.dataset.slow;
  announce();
  tryLater();
}

function tryLater() {
  clearTimeout(trial);
  trial = setTimeout(tryStream, RETRIALS[Math.min(trials++, RETRIALS.length - 1)]);
}

// Whether streams come through by now; only looks, while answers go on.
async function tryStream() {
  clearTimeout(trial);
  if (means === stream || root.dataset.live === "denied") return;
  if (wakeUp) return tryLater();
  const test = new AbortController();
  const hears = new Promise((done) => {
    const no = () => done(false);
    listen(address, place, test.signal, () => done(true)).then(no, no);
    pause(FIRST, test.signal).then(no);
  });
  const isBack = await hears;
  test.abort();
  if (!isBack) return tryLater();
  means = stream;
  live.textContent = "";
  announce();
  turn.abort();
}

// One after the other, from whichever way they came. Returns how long to rest.
function take(messages) {
  const said = messages.filter(({ event }) => event !== "bye");
  applied = applied.catch(() => {}).then(() => (said.length ? apply(said) : 0));
  return applied;
}

// However much has happened, each region is renewed once, as it was last.
async function apply(messages) {
  const [epoch] = parts(place);
  const regions = new Map();
  let next = place;
  let isNews = false;
  for (const { event, id, data } of messages) {
    if (event === "reset") return renew();
    const revision = parts(next)[1];
    if (event === "hb") next = `${epoch}-${Math.max(revision, JSON.parse(data).rev)}`;
    else if (id && parts(id)[0] === epoch && parts(id)[1] > revision) {
      // Without any, what was touched is as it was.
      for (const region of data ? data.split("<hx-partial ") : []) regions.set(region.slice(0, region.indexOf(">")), region);
      next = id;
      isNews = true;
    }
  }
  const rest = regions.size ? await show(whole(regions)) : 0;
  if (document.querySelector(".note[data-as-it-was]")) return renew();
  place = next;
  if (isNews) fresh();
  attempts = 0;
  report("on");
  return rest;
}

// A block names its notes. Those that changed have come beside it, and go to their places; the others stay untouched.
function whole(regions) {
  const alone = [...regions.keys()].filter((key) => !regions.has(key.replace(NOTE, "")) || !NOTE.test(key));
  return alone.map((key) => {
    const note = (id) => regions.get(key.replace('" ', ` #${id}" `));
    const region = regions.get(key).replace(PLACE, (place, id) => note(id)?.match(INSIDE)[1] ?? place);
    return `<hx-partial ${region}`;
  });
}

// htmx draws. It comes with the page, or after it where that has said from where.
let drawing = prepare();

async function prepare() {
  const { htmx: address } = document.body.dataset;
  await (address ? loaded(address) : new Promise((done) => { addEventListener("DOMContentLoaded", done); }));
  window.htmx.registerExtension("as-it-was", {
    htmx_before_morph_node: (node, { newNode }) => !("asItWas" in newNode.dataset && node.id === newNode.id),
  });
}

function loaded(address) {
  const script = document.createElement("script");
  script.src = address;
  document.head.append(script);
  return new Promise((done, failed) => {
    script.addEventListener("load", done);
    script.addEventListener("error", () => failed(new Refused(0)));
  });
}

async function swap(what) {
  try {
    await drawing;
  } catch (problem) {
    drawing = prepare();
    throw problem;
  }
  return window.htmx.swap({ sourceElement: live, ...what });
}

drawing.catch(() => {});

// One after the other, and in between whatever somebody does on the page.
async function show(regions) {
  let spent = 0;
  let began = performance.now();
  for (const text of regions) {
    await swap({ target: live, swap: "none", text });
    const took = performance.now() - began;
    if (took < ATONCE) continue;
    spent += took;
    await pause(0);
    began = performance.now();
  }
  spent += performance.now() - began;
  return Math.min(Math.max(REST.shortest, REST.times * spent), REST.longest);
}

function fresh() {
  const [epoch, revision] = parts(place);
  document.dispatchEvent(new CustomEvent("live:fresh", { detail: { epoch, revision } }));
}

function parts(id) {
  const dash = id.lastIndexOf("-");
  return [id.slice(0, dash), Number(id.slice(dash + 1))];
}

// The server knows nothing of our past: fetch the page, change what differs, go on from there.
async function renew() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" }, cache: "no-store", signal: turn.signal });
  if (!answer.ok) throw new Refused(answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const next = page.getElementById("live");
  // Another page: somebody has to sign in again.
  if (!next) throw new Refused(401);
  for (const region of page.querySelectorAll(live.dataset.regions)) {
    const target = document.getElementById(region.id);
    if (target) await swap({ target, swap: "outerMorph", text: region.outerHTML });
  }
  place = next.dataset.since;
  fresh();
}

// Plain http gives a browser six connections: a page nobody sees gives its own back.
function sleep() {
  clearTimeout(hiding);
  if (!wakeUp) awake = new Promise((done) => { wakeUp = done; });
  turn.abort();
}

// Nobody knows how long a sleep was, or whether the old stream is alive: ask again from the revision we have.
function wake() {
  clearTimeout(hiding);
  attempts = 0;
  wakeUp?.();
  wakeUp = null;
  turn.abort();
  pages?.postMessage(location.pathname);
}

const isShown = () => !document.hidden || stays;

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) wake();
  else if (!stays) hiding = setTimeout(sleep, HIDDEN);
});
document.addEventListener("freeze", sleep);
document.addEventListener("resume", () => { if (isShown()) wake(); });
addEventListener("pagehide", sleep);
addEventListener("pageshow", (event) => { if (event.persisted && isShown()) wake(); });
addEventListener("offline", () => report("off"));
addEventListener("online", () => { wake(); tryStream(); });
// Another page of this browser has come to the front; of two desks only one has to go on behind it.
pages?.addEventListener("message", ({ data }) => {
  if (document.hidden && (!stays || data === location.pathname)) sleep();
});

if (isShown()) pages?.postMessage(location.pathname);
else sleep();
follow();
