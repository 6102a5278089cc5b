// Several notes at once: chosen one by one, then moved, gathered under a name or deleted, as one change with one undo.
import { enter, noteAt, remember, stand } from "./board-place.js";
import { say, toast, words } from "./board-toast.js";
import { nameOf } from "./move.js";
import { send } from "./outbox.js";

const bar = document.getElementById("picked");
const chosen = new Set();
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
const isOn = () => "picking" in document.body.dataset;
const part = (name) => bar.querySelector(`[data-${name}]`);

// Begins, or goes on with these as well; `link` says that somebody pressed it.
export function choose(ids, link) {
  if (!bar) return;
  const isNew = !isOn();
  document.body.dataset.picking = "";
  bar.hidden = false;
  for (const id of ids) chosen.has(id) && !link ? chosen.delete(id) : chosen.add(id);
  show();
  if (isNew) (noteAt(ids[0]) ?? link?.closest(".block"))?.querySelector(".note__more")?.focus();
}

const list = () => [...chosen].map(noteAt).filter(Boolean).sort((one, other) => (one.compareDocumentPosition(other) & 4 ? -1 : 1));
const ids = () => list().map((note) => note.dataset.note);

// The group of ideas that is chosen whole, and nothing beside it; as the server has it, whatever is on its way.
function whole() {
  const [first, ...others] = [...chosen].map((id) => document.getElementById(`note-${id}`));
  const name = first?.dataset.cluster;
  if (!name || others.some((note) => note?.dataset.cluster !== name || note.parentElement !== first.parentElement)) return "";
  const members = [...first.parentElement.querySelectorAll(".note[data-version]")].filter((note) => note.dataset.cluster === name);
  return members.length === chosen.size ? name : "";
}

function show() {
  if (!isOn()) return;
  for (const id of [...chosen]) if (!noteAt(id)) chosen.delete(id);
  // A rule and no class: patches would take that off again.
  sheet.replaceSync([...chosen].map((id) => `.note[data-note="${CSS.escape(id)}"]{outline:3px solid var(--nila);outline-offset:1px}
    .note[data-note="${CSS.escape(id)}"]::after{background:var(--nila);box-shadow:inset 0 0 0 2px var(--sheet)}`).join(""));
  for (const link of document.querySelectorAll("#board .note__more")) {
    link.setAttribute("role", "checkbox");
    link.setAttribute("aria-checked", chosen.has(link.dataset.edit));
  }
  const text = words.chosen.replace("{n}", chosen.size);
  if (part("number").textContent !== text) part("number").textContent = text;
  const blocks = new Set(list().map((note) => note.closest(".cell").dataset.block));
  for (const way of bar.querySelectorAll("details")) way.inert = !chosen.size;
  part("remove").disabled = !chosen.size;
  part("gathering").inert = blocks.size !== 1;
  part("part").hidden = !whole();
}

function done() {
  delete document.body.dataset.picking;
  chosen.clear();
  bar.hidden = true;
  for (const way of bar.querySelectorAll("details")) way.open = false;
  sheet.replaceSync("");
  for (const link of document.querySelectorAll("#board .note__more[role]")) {
    link.removeAttribute("role");
    link.removeAttribute("aria-checked");
  }
}

function all(kind, block, url, fields) {
  const notes = ids();
  remember(notes[0]);
  send({ kind, notes, block, url, fields: [...notes.map((id) => ["notes", id]), ...fields] });
  done();
  stand();
  return notes.length;
}

function moveTo(block) {
  const cell = document.querySelector(`.cell[data-block="${CSS.escape(block)}"]`);
  all("move", block, bar.dataset.placement, [["block", block], ["cluster", whole()]]);
  say(`${words.moved} ${nameOf(cell)}`);
}

function rename(name) {
  const { block } = list()[0].closest(".cell").dataset;
  const fields = [["block", block], ["cluster", whole()], ["name", name]];
  send({ kind: "rename", block, url: bar.dataset.naming, fields });
  done();
  say(name ? words.gathered.replace("{name}", name) : words.parted);
}

function gather(name) {
  const { block } = list()[0].closest(".cell").dataset;
  all("cluster", block, bar.dataset.clusters, [["block", block], ["name", name]]);
  say(words.gathered.replace("{name}", name));
}

function remove() {
  const { block } = list()[0].closest(".cell").dataset;
  const count = all("delete", block, bar.dataset.deletion, []);
  const act = () => document.getElementById("undo").requestSubmit();
  toast(words.deletedAll.replace("{n}", count), { label: words.undo, act }, true);
}

document.addEventListener("click", (event) => {
  if (!isOn() || event.ctrlKey || event.metaKey || event.shiftKey) return;
  // A grip pressed by keyboard picks up all of them (move.js).
  if (!event.detail && event.target.closest("[data-grip]")) return;
  const note = event.target.closest("#board .note[data-note]");
  if (note) {
    event.preventDefault();
    event.stopPropagation();
    choose([note.dataset.note]);
  } else if (event.target.closest("[data-to]")) moveTo(event.target.closest("[data-to]").dataset.to);
  else if (event.target.closest("[data-remove]")) remove();
  else if (event.target.closest("[data-part]")) rename("");
  else if (event.target.closest("[data-done]")) done();
}, { capture: true });

bar?.addEventListener("submit", (event) => {
  event.preventDefault();
  const { name } = event.target.elements;
  const text = name.value.trim();
  if (!text) return;
  name.value = "";
  whole() ? rename(text) : gather(text);
});
bar?.addEventListener("toggle", ({ target }) => {
  if (!target.open) return;
  for (const way of bar.querySelectorAll("details")) if (way !== target) way.open = false;
  const field = target.querySelector("input");
  if (field) field.value = whole();
  enter(target, field ?? target.querySelector("button"));
}, true);

document.addEventListener("keydown", (event) => {
  if (!isOn()) return;
  const box = event.target.closest("#board .note__more");
  if (event.key === " " && box) {
    event.preventDefault();
    choose([box.dataset.edit]);
  } else if (event.key === "Escape") {
    const way = bar.querySelector("details[open]");
    if (way) way.open = false;
    else done();
  }
});
document.addEventListener("live:fresh", show);
// Dragged or carried away, they need not be chosen any more.
document.addEventListener("notes:put", () => { if (isOn()) done(); });
document.addEventListener("outbox:changed", show);
