// Moving a note by hand: by mouse from anywhere on it, by finger or pen from its grip; a grip pressed by keyboard is the
// matter of carry.js. The note itself never leaves its place; a ghost follows, a line shows where it would go, and the
// server's answer moves it. Safe under live patches.
import { send } from "./outbox.js";
import { noteAt } from "./board-place.js";
import { say, words } from "./board-toast.js";

const NEAR = 48;
const isPhone = matchMedia("(max-width:63.99rem)");
const board = document.getElementById("board");
export const marker = document.createElement("li");
marker.className = "marker";
marker.setAttribute("aria-hidden", "true");

let drag = null;

function begin(event) {
  const note = event.target.closest(".cell .note[data-note]");
  if (!note || event.button || drag || "picking" in document.body.dataset || event.target.closest("a.note__state") || "readonly" in document.body.dataset) return;
  if (event.pointerType !== "mouse" && !event.target.closest("[data-grip]")) return;
  drag = { id: note.id, note: note.dataset.note, pointer: event.pointerId, x0: event.clientX, y0: event.clientY, x: event.clientX, y: event.clientY };
}

function follow(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  drag.x = event.clientX;
  drag.y = event.clientY;
  if (!drag.ghost && !lift()) return;
  aim();
}

function lift() {
  if (Math.hypot(drag.x - drag.x0, drag.y - drag.y0) < 5) return false;
  const note = document.getElementById(drag.id);
  if (!note) return end(false);
  const box = note.getBoundingClientRect();
  const ghost = note.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  ghost.classList.add("ghost");
  const width = Math.min(box.width, 260);
  ghost.style.inlineSize = `${width}px`;
  drag.dx = Math.min(drag.x0 - box.left, width - 24);
  drag.dy = drag.y0 - box.top;
  drag.ghost = ghost;
  document.body.append(ghost);
  document.body.classList.add("dragging");
  document.documentElement.setPointerCapture(drag.pointer);
  requestAnimationFrame(scroll);
  return true;
}

function aim() {
  drag.ghost.style.transform = `translate(${drag.x - drag.dx}px,${drag.y - drag.dy}px)`;
  const under = document.elementFromPoint(drag.x, drag.y);
  // On a phone the block ends above the legend, and the finger often does not.
  const isBelow = isPhone.matches && under?.closest(".foot");
  const cell = under?.closest(".cell") ?? (isBelow ? document.querySelector(".cell[data-focused]") : null);
  if (cell !== drag.cell) {
    delete drag.cell?.dataset.drop;
    if (cell) cell.dataset.drop = "";
    drag.cell = cell;
  }
  const list = cell?.querySelector(".block__notes");
  drag.before = place(list);
  show(list, drag.before);
}

// The notes of a block as they are seen, among which another may stand.
export const notesIn = (list, without) =>
  [...(list?.querySelectorAll(".note[data-note]") ?? [])].filter((each) => each.getClientRects().length && each.dataset.note !== without);

// The line in front of a note, or at the end; nowhere in a block without notes.
export function show(list, before) {
  if (list) list.insertBefore(marker, before);
  else marker.remove();
}

// The note the dragged one would stand in front of; null for the end.
function place(list) {
  const rows = list && getComputedStyle(list).gridTemplateColumns.split(" ").length > 1;
  return notesIn(list, drag.note).find((note) => {
    const box = note.getBoundingClientRect();
    if (!rows) return drag.y < box.top + box.height / 2;
    return drag.y < box.top || (drag.y < box.bottom && drag.x < box.left + box.width / 2);
  }) ?? null;
}

function scroll() {
  if (!drag?.ghost) return;
  const list = drag.cell?.querySelector(".block__notes");
  const whole = list && list.scrollHeight <= list.clientHeight + 1;
  const box = list && !whole ? list.getBoundingClientRect() : { top: NEAR, bottom: innerHeight - 2 * NEAR };
  const speed = drag.y < box.top + NEAR ? drag.y - box.top - NEAR : drag.y > box.bottom - NEAR ? drag.y - box.bottom + NEAR : 0;
  if (speed) {
    (list && !whole ? list : window).scrollBy(0, speed / 4);
    aim();
  }
  requestAnimationFrame(scroll);
}

function end(drop) {
  const done = drag;
  drag = null;
  marker.remove();
  done?.ghost?.remove();
  delete done?.cell?.dataset.drop;
  document.body.classList.remove("dragging");
  if (drop && done?.ghost && done.cell && put(done)) say(`${words.moved} ${nameOf(done.cell)}`);
  return false;
}

export const nameOf = (cell) => cell.querySelector(".block__focus").textContent;

// Asks the server to move a note; returns false where it stands there already, or nowhere any more.
export function put({ note, cell, before }) {
  const element = noteAt(note);
  if (!element || (element.closest(".cell") === cell && before === next(element))) return false;
  send({
    kind: "move", note, block: cell.dataset.block,
    url: board.dataset.placement.replace("NOTE", encodeURIComponent(note)),
    fields: [["block", cell.dataset.block], ["before", before?.dataset.note ?? ""], ["cluster", clusterAt(element, cell, before)]],
  });
  return true;
}

// Between two notes that stand together a note joins them; beside those it stood with already, it stays with them.
function clusterAt(note, cell, before) {
  const others = notesIn(cell.querySelector(".block__notes"), note.dataset.note);
  const beyond = before?.dataset.cluster;
  const ahead = others[(before ? others.indexOf(before) : others.length) - 1]?.dataset.cluster;
  const { cluster } = note.dataset;
  return (beyond === ahead || beyond === cluster ? beyond : ahead === cluster ? ahead : "") ?? "";
}

export function next(note) {
  const all = notesIn(note.parentElement);
  return all[all.indexOf(note) + 1] ?? null;
}

// The click that ends a drag opens nothing.
function release(event) {
  if (!drag || event.pointerId !== drag.pointer) return;
  const moved = Boolean(drag.ghost);
  end(true);
  if (!moved) return;
  const swallow = (click) => { click.preventDefault(); click.stopPropagation(); };
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
}

document.addEventListener("pointerdown", begin);
document.addEventListener("pointermove", follow);
document.addEventListener("pointerup", release);
document.addEventListener("pointercancel", (event) => { if (drag?.pointer === event.pointerId) end(false); });
document.addEventListener("selectstart", (event) => { if (drag?.ghost) event.preventDefault(); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !drag) return;
  event.stopImmediatePropagation();
  end(false);
});

// Whoever comes by keyboard has what they need before they may be offline; a pointer that only taps a grip means the note.
const carrying = () => import("./carry.js");
document.addEventListener("focusin", ({ target }) => { if (target.closest("[data-grip]")) carrying().catch(() => {}); });
document.addEventListener("click", (event) => {
  const grip = event.target.closest("[data-grip]");
  if (!grip) return;
  const note = grip.closest(".note[data-note]");
  const open = () => note.querySelector("a[data-edit]").click();
  if (event.detail || !note.dataset.version) open();
  else carrying().then(({ pickUp }) => pickUp(note), open);
});
