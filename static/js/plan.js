// The follow-up plan: its steps as they will be when everything on its way has arrived, and the ways to change them. The
// live region is renewed at any time; what stands in for a step of the server's is put back before anybody sees it missing.
import "./board-band.js";
import "./plan-kept.js";
import "./timer.js";
import { say, toast } from "./board-toast.js";
import { here, isOurs } from "./here.js";
import { fold } from "./outbox-fold.js";
import { refused, send, stateOf, waiting } from "./outbox.js";
import { edit } from "./plan-forms.js";

const steps = document.getElementById("steps");
const words = steps.dataset;
const template = document.getElementById("own-item").content.firstElementChild;
const sheet = new CSSStyleSheet();
const stands = new Map();
// "Edit: ", and the activity after it.
const LABELS = Object.fromEntries([...template.querySelectorAll("[data-act]")].map((act) => [act.dataset.act, act.getAttribute("aria-label")]));
const AS_NAMED = ["status", "linked_block"];
let stood = null; // on which button of which step somebody stands
let sent = []; // answered, and not on the page yet
let revision = Number(document.getElementById("live").dataset.since.split("-").pop()); // what the page shows
document.adoptedStyleSheets.push(sheet);
document.documentElement.dataset.js = "";

const rowOf = (id) => document.getElementById(`item-${id}`);
const shown = () => [...steps.querySelectorAll("#plan .item, #own .item")].filter((row) => row.checkVisibility());
const seen = (id) => shown().find((row) => row.dataset.item === id);

// A step as it stands on the page, from the server; undefined when it does not.
function read(id) {
  const row = rowOf(id);
  const said = ({ dataset, textContent }) => [dataset.say, dataset.raw ?? textContent];
  return row && { fields: [...row.querySelectorAll("[data-say]")].map(said), block: words.place, base: row.dataset.version };
}

function folded() {
  const own = waiting().filter((change) => change.canvas === here.canvas && change.kind !== "comment" && isOurs(change));
  // What waits behind a change that did not get through is not on its way either.
  const stuck = own.findIndex((change) => stateOf(change).is !== "saving");
  const is = (change, n) => (n > stuck && stuck >= 0 ? "unsent" : stateOf(change).is);
  const items = fold([...sent, ...own.map((change, n) => ({ ...change, is: is(change, n) }))], read);
  for (const [id, { block }] of items) if (block !== words.place) items.delete(id);
  return items;
}

// What a field says to people: a day and a name in their language, as the form calls it.
function spelt(name, value) {
  if (name === "due_on" && value) return new Date(`${value}T00:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
  if (!AS_NAMED.includes(name) || !value) return value;
  const choices = document.getElementById("editing-here").content.querySelector(`select[name=${name}]`);
  return [...choices.options].find((choice) => choice.value === value)?.text ?? value;
}

function write(row, id, item) {
  const said = new Map(item.fields);
  for (const part of row.querySelectorAll("[data-say]")) {
    const value = said.get(part.dataset.say) ?? "";
    if ("raw" in part.dataset) part.dataset.raw = value;
    part.textContent = spelt(part.dataset.say, value);
    const whole = part.closest("[data-part]");
    if (whole) whole.hidden = !value;
  }
  for (const act of row.querySelectorAll("[data-act]")) act.setAttribute("aria-label", LABELS[act.dataset.act] + said.get("text"));
  Object.assign(row.dataset, { item: id, version: item.base, status: said.get("status") ?? "", sync: item.is });
  row.querySelector("[data-state]").textContent = words[item.is === "held" ? "unsent" : item.is];
  row.querySelector(".item__sync use").setAttribute("href", item.is === "sent" ? "#i-check" : "#i-clock");
}

function place(row, id, { before, isElsewhere }) {
  const original = rowOf(id);
  const next = isElsewhere && (stands.get(before) ?? rowOf(before));
  if (next) next.before(row);
  else if (original && !isElsewhere) original.after(row);
  else if (original) original.parentElement.append(row);
  else if (row.parentElement?.id !== "own") document.getElementById("own").append(row);
}

function paint() {
  const items = folded();
  const hidden = [];
  for (const [id, item] of items) {
    const isStood = (item.isNew || item.isChanged || item.isElsewhere) && !item.isHidden;
    if (isStood || item.isHidden) hidden.push(`#item-${CSS.escape(id)}{display:none}`);
    if (!isStood) continue;
    const row = stands.get(id) ?? template.cloneNode(true);
    stands.set(id, row);
    write(row, id, item);
    place(row, id, item);
  }
  for (const [id, row] of stands) {
    if (items.has(id) && !items.get(id).isHidden) continue;
    row.remove();
    stands.delete(id);
  }
  sheet.replaceSync(hidden.join(""));
  const isLost = document.activeElement === document.body || !document.activeElement?.checkVisibility();
  if (isLost && stood) seen(stood.item)?.querySelector(`[data-act=${stood.act}]`)?.focus({ preventScroll: true });
  observer.takeRecords();
}

// Whoever stands on a step stays on it, wherever it goes; a press beside everything lets go.
document.addEventListener("focusin", ({ target }) => {
  const row = target.closest("#steps [data-item]");
  stood = row && target.dataset.act ? { item: row.dataset.item, act: target.dataset.act } : null;
});
document.addEventListener("pointerdown", () => { stood = null; });

const address = (kind, id) => words[kind].replace("NOTE", encodeURIComponent(id));

// Ahead of which step this one goes; undefined where there is no further.
function target(order, at, act) {
  if (act === "up") return order[at - 1];
  return at + 1 < order.length ? (order[at + 2] ?? "") : undefined;
}

const acts = {
  edit: (id) => edit(id, folded().get(id) ?? read(id)),
  up: (id) => move(id, "up"),
  down: (id) => move(id, "down"),
  delete(id) {
    const order = shown();
    const at = order.findIndex((row) => row.dataset.item === id);
    const next = (order[at + 1] ?? order[at - 1])?.dataset.item;
    send({ kind: "delete", url: address("delete", id), note: id, block: words.place, was: folded().get(id) ?? read(id) });
    seen(next)?.querySelector("[data-act=edit]").focus();
    const act = () => send({ kind: "restore", url: address("restore", id), note: id, block: words.place });
    toast(words.deleted, { label: words.undo, act });
  },
};

function move(id, act) {
  const order = shown().map((row) => row.dataset.item);
  const at = order.indexOf(id);
  const before = target(order, at, act);
  if (before === undefined) return;
  send({ kind: "move", url: address("move", id), note: id, fields: [["block", words.place], ["before", before]], was: folded().get(id) ?? read(id) });
  say(words.moved.replace("{n}", at + (act === "up" ? 0 : 2)).replace("{count}", order.length));
}

steps.addEventListener("click", (event) => {
  const button = event.target.closest("[data-act]");
  if (!button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  acts[button.dataset.act](button.closest("[data-item]").dataset.item);
});

const observer = new MutationObserver(paint);
observer.observe(steps, { childList: true, subtree: true });

const on = (name, act) => document.addEventListener(name, (event) => act(event.detail));
on("outbox:changed", paint);
on("outbox:saved", ({ change, answer }) => {
  if (change.canvas === here.canvas && change.kind !== "comment" && answer.live > revision) sent.push({ ...change, is: "sent", rev: answer.live });
});
on("live:fresh", (fresh) => {
  ({ revision } = fresh);
  sent = sent.filter(({ rev }) => rev > revision);
  paint();
});
on("outbox:state", ({ state: told, count }) => {
  const save = document.getElementById("save");
  const isKept = told === "saved" && refused().some((change) => change.canvas === here.canvas);
  const state = isKept ? "refused" : told;
  save.dataset.state = state;
  save.querySelector("use").setAttribute("href", { saved: "#i-check", refused: "#i-x" }[state] ?? "#i-clock");
  save.querySelector("span").textContent = count && state === "unsent" ? `${words.unsent} (${count})` : words[state];
});
addEventListener("beforeunload", (event) => { if (waiting().some(isOurs)) event.preventDefault(); });
