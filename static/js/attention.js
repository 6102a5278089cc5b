// Where the host wants all eyes (#attention): opens the block or the canvas to which everybody is led, once, and goes back
// to where one was. Nobody is taken away from what they write: the way there stands in the line, and is taken afterwards.
import { goTo } from "./board-back.js";
import { focused } from "./board-focus.js";
import { here } from "./here.js";
import { isWriting } from "./stage.js";

const LED = "kanvas-led"; // the block one was led to, and the one before
const SENT = "kanvas-sent"; // the canvas one was sent to last: who goes home from there stays at home
const HOME = "kanvas-home";
const guest = document.getElementById("guest");
const isHost = !document.body.dataset.me;
let led = JSON.parse(kept(LED) ?? "{}");

function kept(key) {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    if (value) sessionStorage.setItem(key, value);
    else sessionStorage.removeItem(key);
  } catch {
    // Then a reload leads there once more.
  }
}

const asked = () => document.getElementById("attention").dataset;
const sentTo = () => (asked().visits ?? "").split(" ").map((each) => each.split(":")).find(([group]) => group === document.body.dataset.group)?.[1];

function follow() {
  const { leads } = asked();
  if (leads === led.block || guest || isWriting()) return;
  const before = led.block ? led.before : focused();
  if (leads ?? led.before) goTo(leads ?? led.before);
  led = leads ? { block: leads, before } : {};
  keep(LED, leads && JSON.stringify(led));
}

function visit() {
  const to = sentTo();
  const wasSent = kept(SENT);
  if (guest) guest.querySelector("[data-next]").hidden = !to || to === here.canvas;
  if (to === here.canvas) return keep(SENT, to);
  if (to) {
    const there = asked().at.replace("CANVAS", to);
    if (guest) guest.querySelector("[data-next]").href = there;
    if (to === wasSent || isWriting()) return;
    keep(SENT, to);
    if (!guest) keep(HOME, location.href);
    location.assign(there);
  } else if (wasSent && !(guest && isWriting())) {
    keep(SENT);
    if (guest && wasSent === here.canvas) location.assign(kept(HOME) ?? guest.dataset.home);
  }
}

export function look() {
  if (isHost) return;
  follow();
  visit();
}

document.addEventListener("outbox:taken", look);
