// Moving notes by keyboard: a grip picks them up (move.js says which), arrows lead them through their block and from block to block, Enter puts
// them down, Escape puts them back. Every step is said. As by hand, they stay until the server's answer moves them.
import { goTo } from "./board-back.js";
import { focused, showBlock } from "./board-focus.js";
import { noteAt, remember, stand } from "./board-place.js";
import { say, words } from "./board-toast.js";
import { marker, nameOf, notesIn, put, show } from "./move.js";

const isPhone = matchMedia("(max-width:63.99rem)");
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
let carried = null; // notes, group, home (the block in focus then), cell, before (a note, or null for the end)

const cells = () => [...document.querySelectorAll(".cell[data-block]")];
const listIn = (cell) => cell.querySelector(".block__notes");

export function pickUp(hand) {
  const first = noteAt(hand.notes[0]);
  if (carried || !first) return;
  const cell = first.closest(".cell");
  const last = hand.notes.map(noteAt).filter((note) => note && cell.contains(note)).at(-1);
  const isBeyond = (note) => last.compareDocumentPosition(note) & Node.DOCUMENT_POSITION_FOLLOWING;
  carried = { ...hand, home: focused(), cell, before: notesIn(listIn(cell), hand).find(isBeyond) ?? null };
  // A rule and no attribute: patches would take that off again.
  const each = hand.notes.map((note) => `[data-note="${CSS.escape(note)}"]`);
  sheet.replaceSync(`${each}{outline:3px dashed var(--ink);outline-offset:2px;opacity:.7}`);
  document.body.classList.add("dragging");
  aim(hand.notes.length > 1 ? "pickedUpAll" : "pickedUp");
}

// Shows and says where the note would stand.
function aim(word) {
  const { cell, before } = carried;
  for (const each of cells()) each.toggleAttribute("data-drop", each === cell);
  if (isPhone.matches && focused() !== cell.dataset.block) showBlock(cell.dataset.block);
  show(listIn(cell), carried);
  (marker.isConnected ? marker : cell).scrollIntoView({ block: "nearest" });
  tell(word, notesIn(listIn(cell), carried), carried);
}

function tell(word, others, { before, cell, notes }) {
  const place = before ? others.indexOf(before) : others.length;
  const parts = { n: place + 1, count: others.length + 1, block: nameOf(cell), number: notes.length };
  say(words[word].replace(/\{(\w+)\}/g, (_, name) => parts[name]));
}

function along(step) {
  const others = [...notesIn(listIn(carried.cell), carried), null];
  const at = others.indexOf(carried.before) + step;
  carried.before = others[Math.max(0, Math.min(at, others.length - 1))];
  aim("carried");
}

function across(step) {
  const all = cells();
  const cell = all[all.indexOf(carried.cell) + step];
  if (cell) Object.assign(carried, { cell, before: null });
  aim("carried");
}

function letGo() {
  const done = carried;
  carried = null;
  marker.remove();
  sheet.replaceSync("");
  delete done.cell.dataset.drop;
  document.body.classList.remove("dragging");
  return done;
}

function putDown() {
  const done = letGo();
  const others = notesIn(listIn(done.cell), done);
  if (!put(done)) return putBack(done);
  if (done.home !== done.cell.dataset.block) goTo(done.cell.dataset.block);
  remember(done.notes[0]);
  stand();
  tell("putDown", others, done);
}

function putBack({ home, notes }) {
  if (focused() !== home) showBlock(home);
  remember(notes[0]);
  stand();
  say(notes.some(noteAt) ? words.putBack : words.gone);
}

const KEYS = {
  ArrowUp: () => along(-1), ArrowDown: () => along(1), ArrowLeft: () => across(-1), ArrowRight: () => across(1),
  Enter: putDown, " ": putDown, Escape: () => putBack(letGo()), Tab: () => {},
};

document.addEventListener("keydown", (event) => {
  const act = carried && KEYS[event.key];
  if (!act || event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!event.repeat || event.key.startsWith("Arrow")) act();
}, { capture: true });
document.addEventListener("pointerdown", () => { if (carried) putBack(letGo()); });

// Others go on working meanwhile.
document.addEventListener("live:fresh", () => {
  if (!carried) return;
  const { notes, cell, before } = carried;
  if (!notes.some(noteAt)) return putBack(letGo());
  if (before && !listIn(cell)?.contains(before)) carried.before = null;
  show(listIn(cell), carried);
});
