// Moving a note by hand: by mouse from anywhere on it, by finger or pen from its grip; a grip pressed by keyboard is the
// matter of carry.js. What is chosen together goes together, and so does a group of ideas by its heading. The notes
// themselves never leave their place; a ghost follows, a line shows where they would go, and the server's answer moves
// them. Safe under live patches.
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

// What somebody takes who takes this: { notes, group (the name of a whole group of ideas) }.
export function handful(part) {
  if (part.matches(".cluster")) return { notes: part.querySelector("[data-pick]").dataset.pick.split(" "), group: part.textContent.trim() };
  const chosen = [...document.querySelectorAll("#board .note__more[aria-checked=true]")].map((link) => link.dataset.edit);
  const { note } = part.dataset;
  return { notes: chosen.includes(note) ? chosen : "picking" in document.body.dataset ? [] : [note] };
}

function begin(event) {
  const part = event.target.closest(".cell :is(.note[data-note],.cluster)");
  if (!part || event.button || drag || event.target.closest("a.note__state") || "readonly" in document.body.dataset) return;
  if (event.pointerType !== "mouse" && !event.target.closest("[data-grip]")) return;
  const hand = handful(part);
  if (hand.notes.length) drag = { ...hand, id: part.id, pointer: event.pointerId, x0: event.clientX, y0: event.clientY, x: event.clientX, y: event.clientY };
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
  const part = document.getElementById(drag.id);
  if (!part) return end(false);
  const box = part.getBoundingClientRect();
  const ghost = part.cloneNode(true);
  ghost.removeAttribute("id");
  ghost.setAttribute("aria-hidden", "true");
  ghost.inert = true;
  ghost.classList.add("ghost");
  if (drag.notes.length > 1) ghost.dataset.count = drag.notes.length;
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
  show(list, drag);
}

// The notes of a block as they are seen, in front of which the others may stand; no group of ideas goes into another.
export function notesIn(list, { notes, group }) {
  const seen = [...(list?.querySelectorAll(".note[data-note]") ?? [])].filter((each) => each.getClientRects().length && !notes.includes(each.dataset.note));
  return group ? seen.filter(({ dataset: { cluster } }, n) => !cluster || cluster !== seen[n - 1]?.dataset.cluster) : seen;
}

// The line in front of a note and of the heading above it, or at the end; nowhere in a block without notes.
export function show(list, { before, notes }) {
  const heading = before?.previousElementSibling;
  const isOutside = heading?.matches(".cluster") && noteAt(notes[0])?.dataset.cluster !== before.dataset.cluster;
  if (list) list.insertBefore(marker, isOutside ? heading : before);
  else marker.remove();
}

// The note the dragged ones would stand in front of; null for the end.
function place(list) {
  const rows = list && getComputedStyle(list).gridTemplateColumns.split(" ").length > 1;
  return notesIn(list, drag).find((note) => {
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

// Asks the server to move notes; returns false where they stand there already, or nowhere any more.
export function put(hand) {
  const { cell, before, group } = hand;
  const taken = hand.notes.map(noteAt).filter(Boolean);
  if (!taken.length || standThere(taken, cell, before)) return false;
  const notes = taken.map((note) => note.dataset.note);
  const fields = [["block", cell.dataset.block], ["before", before?.dataset.note ?? ""], ["cluster", group ?? clusterAt(taken, cell, before)]];
  const one = { note: notes[0], url: board.dataset.placement.replace("NOTE", encodeURIComponent(notes[0])), fields };
  const several = { notes, url: document.getElementById("picked").dataset.placement, fields: [...notes.map((id) => ["notes", id]), ...fields] };
  send({ kind: "move", block: cell.dataset.block, ...(notes.length > 1 ? several : one) });
  document.dispatchEvent(new CustomEvent("notes:put"));
  return true;
}

function standThere(taken, cell, before) {
  const all = [...notesIn(taken[0].parentElement, { notes: [] }), null];
  const at = all.indexOf(taken[0]);
  return taken[0].closest(".cell") === cell && [...taken, before].every((note, n) => all[at + n] === note);
}

// Between two notes that stand together others join them; beside those they stood with already, they stay with them.
function clusterAt(taken, cell, before) {
  const others = notesIn(cell.querySelector(".block__notes"), { notes: taken.map((note) => note.dataset.note) });
  const beyond = before?.dataset.cluster;
  const ahead = others[(before ? others.indexOf(before) : others.length) - 1]?.dataset.cluster;
  const [cluster, ...more] = new Set(taken.map((note) => note.dataset.cluster));
  const own = more.length ? undefined : cluster;
  return (beyond === ahead || beyond === own ? beyond : ahead === own ? ahead : "") ?? "";
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
  const part = grip.closest(".note[data-note],.cluster");
  const open = () => part.querySelector("a[data-edit],a[data-pick]").click();
  if (event.detail || !(part.dataset.version || part.matches(".cluster"))) open();
  else carrying().then(({ pickUp }) => pickUp(handful(part)), open);
});
