// Typing in what stands on paper. Block and author stay; what was typed stands beneath until it is saved, and after.
import { isOurs } from "./here.js";
import { refused, stateOf, waiting } from "./outbox.js";
import { enterSaves, judge } from "./writing.js";

const SHOWN = 20;
const form = document.getElementById("typing");
const { block, author_id: author, text } = form.elements;
const list = document.getElementById("typed");
const states = list.dataset;
const template = document.getElementById("typed-note").content.firstElementChild;
const saved = new Set(); // ops, which may be waiting a moment longer
const said = document.getElementById("said");
const { canvas } = document.body.dataset;
const lineOf = (note) => list.querySelector(`[data-note="${CSS.escape(note)}"]`);
const labelOf = (select, value) => [...select.options].find((each) => each.value === value)?.text ?? "";
const say = (sentence) => { said.textContent = sentence; };

function line(change) {
  const body = new Map(change.body);
  const li = template.cloneNode(true);
  const undo = li.querySelector("form");
  undo.action = undo.getAttribute("action").replace("NOTE", encodeURIComponent(change.note));
  li.dataset.note = change.note;
  undo.dataset.note = change.note;
  li.querySelector("[data-text]").textContent = body.get("text");
  li.querySelector("[data-where]").textContent =
    `${labelOf(block, change.block).replace(/^\d+\. /, "")} · ${labelOf(author, body.get("author_id") ?? "")}`;
  list.prepend(li);
  return li;
}

function show(change, state, icon, isRefused = false) {
  const li = lineOf(change.note) ?? line(change);
  const place = li.querySelector("[data-state]");
  if (place.textContent !== state) place.textContent = state;
  li.querySelector(".typed__state use").setAttribute("href", `#i-${icon}`);
  li.toggleAttribute("data-refused", isRefused);
  // Nothing is there to be undone; what it says stays, here and on the canvas.
  li.querySelector("form").hidden = isRefused;
}

function paint() {
  const own = waiting().filter((change) => change.canvas === canvas && isOurs(change));
  const gone = new Set(own.filter(({ kind }) => kind === "delete").map(({ note }) => note));
  let isStuck = false; // and with it everything behind
  for (const change of own.filter(({ op }) => !saved.has(op))) {
    isStuck ||= stateOf(change).is !== "saving";
    if (change.kind === "add" && !gone.has(change.note)) show(change, isStuck ? states.unsent : states.saving, "clock");
  }
  for (const change of refused().filter((each) => each.canvas === canvas && each.kind === "add")) {
    show(change, `${states.refused}: ${change.refused.reason ?? ""}`, "x", true);
  }
  for (const old of [...list.children].slice(SHOWN)) if (!old.hasAttribute("data-refused")) old.remove();
}

function step(select, by) {
  select.selectedIndex = (select.selectedIndex + by + select.options.length) % select.options.length;
  select.dispatchEvent(new Event("input", { bubbles: true }));
  say(select.selectedOptions[0].text);
}

text.addEventListener("keydown", enterSaves);
text.addEventListener("input", () => judge(text, text.dataset));
form.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.matches("select")) {
    event.preventDefault();
    return text.focus();
  }
  const turns = { PageDown: [block, 1], PageUp: [block, -1] };
  const people = { ArrowDown: [author, 1], ArrowUp: [author, -1] };
  const turn = event.altKey ? people[event.key] : turns[event.key];
  if (!turn) return;
  event.preventDefault();
  step(...turn);
});

document.addEventListener("outbox:taken", ({ detail: { change, form: sent } }) => {
  if (sent === form) text.value = "";
  else if (change.kind === "delete") {
    lineOf(change.note)?.remove();
    say(states.withdrawn);
  }
  text.focus();
});
document.addEventListener("outbox:changed", paint);
document.addEventListener("outbox:saved", ({ detail: { change } }) => {
  saved.add(change.op);
  if (change.canvas === canvas && change.kind === "add" && lineOf(change.note)) show(change, states.saved, "check");
});
addEventListener("beforeunload", (event) => { if (waiting().some(isOurs)) event.preventDefault(); });
