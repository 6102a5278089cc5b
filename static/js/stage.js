// The step of the agenda (#stage): opens the block it is about, says how the time runs, and holds back what may not be
// written at the moment: the text stays where it is, and what was refused is sent when writing is open again.
import "./timer.js";
import { goTo } from "./board-back.js";
import { focused } from "./board-focus.js";
import { say, toast } from "./board-toast.js";
import { here } from "./here.js";
import { refused, retry, waiting } from "./outbox.js";

const MARKS = [[300, "five"], [60, "one"], [0, "up"]];
const CLOSED = "writing_closed";
const KEY = "kanvas-step";
const isHost = !document.body.dataset.me;
const stage = () => document.getElementById("stage");
const attention = () => document.getElementById("attention");
const again = new Set(); // what is sent once more
let attending; // attention.js, once somebody has asked for attention
let left; // seconds, as told last
let step = remembered();

function remembered() {
  try {
    return sessionStorage.getItem(KEY) ?? stage().dataset.step;
  } catch {
    return stage().dataset.step;
  }
}

function remember() {
  try {
    sessionStorage.setItem(KEY, step);
  } catch {
    // Then a reload opens no other block.
  }
}

const isLocked = (block) => (attention().dataset.locked ?? "").split(" ").includes(block);
const isClosed = (block, { places } = stage().dataset) => !isHost &&
  (isLocked(block) || (places !== undefined && !places.split(" ").includes(block)));
// An empty field is where one has just written: on a phone it keeps the focus.
export const isWriting = () => [...document.querySelectorAll(":is(#add,#editor,#talk) :is(textarea,input:not([type=hidden],[type=radio],[type=checkbox]))")]
  .some((field) => field.value && field.checkVisibility());

// Nobody is taken away from what they write; the way there stands in the line.
function follow() {
  const [block] = (stage().dataset.blocks ?? "").split(" ");
  const plan = stage().querySelector("[data-plan]");
  if (plan && !isHost && !isWriting() && !waiting().length) location.assign(plan.href);
  else if (block && !stage().dataset.blocks.split(" ").includes(focused()) && !isWriting()) goTo(block);
}

function sendAgain() {
  for (const change of refused()) {
    if (change.canvas !== here.canvas || change.refused.code !== CLOSED || isClosed(change.block) || again.has(change.op)) continue;
    again.add(change.op);
    retry(change);
  }
}

function showWays() {
  for (const link of stage().querySelectorAll("[data-goto]")) link.hidden = link.dataset.goto === focused();
}

function renew() {
  showWays();
  for (const cell of document.querySelectorAll("#board .cell")) cell.toggleAttribute("data-closed", isClosed(cell.dataset.block));
  const { step: now = "" } = stage().dataset;
  if (now !== step) {
    step = now;
    left = undefined;
    again.clear();
    remember();
    if (step) say(stage().querySelector(".now__what").textContent);
    follow();
  }
  sendAgain();
  attend();
}

function attend() {
  if (attending || document.getElementById("guest") || !attention().hidden) (attending ??= Promise.resolve().then(() => import("./attention.js"))).then(({ look }) => look());
}

document.addEventListener("timer:tick", ({ detail: { timer, left: now, isHeld } }) => {
  if (!stage().contains(timer)) return;
  const seconds = Math.ceil(now / 1000);
  const mark = isHeld || MARKS.find(([at]) => left > at && seconds <= at);
  left = seconds;
  if (mark && !isHeld) say(stage().dataset[mark[1]]);
});

document.addEventListener("submit", (event) => {
  const { op } = event.target.dataset;
  const block = event.target.closest(".cell")?.dataset.block ?? focused();
  if ((op !== "add" && op !== "edit") || !isClosed(block)) return;
  event.preventDefault();
  event.stopPropagation();
  toast((isLocked(block) ? attention() : stage()).dataset.closed);
}, { capture: true });

document.addEventListener("board:focus", showWays);
document.addEventListener("live:fresh", renew);
document.addEventListener("outbox:changed", sendAgain);
remember();
renew();
