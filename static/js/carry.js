// Moving a note by keyboard: its grip picks it up, arrows lead it through its block and from block to block, Enter puts it
// down, Escape puts it back. Every step is said. As by hand, the note stays until the server's answer moves it.
import { goTo } from "./board-back.js";
import { focused, showBlock } from "./board-focus.js";
import { noteAt, remember, stand } from "./board-place.js";
import { say, words } from "./board-toast.js";
import { marker, nameOf, next, notesIn, put, show } from "./move.js";

const isPhone = matchMedia("(max-width:63.99rem)");
const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);
let carried = null; // note, home (the block in focus then), cell, before (a note, or null for the end)

const cells = () => [...document.querySelectorAll(".cell[data-block]")];
const listIn = (cell) => cell.querySelector(".block__notes");

export function pickUp(note) {
  if (carried) return;
  carried = { note: note.dataset.note, home: focused(), cell: note.closest(".cell"), before: next(note) };
  // A rule and no attribute: patches would take that off again.
  sheet.replaceSync(`[data-note="${CSS.escape(carried.note)}"]{outline:3px dashed var(--ink);outline-offset:2px;opacity:.7}`);
  document.body.classList.add("dragging");
  aim("pickedUp");
}

// Shows and says where the note would stand.
function aim(word) {
  const { cell, before, note } = carried;
  for (const each of cells()) each.toggleAttribute("data-drop", each === cell);
  if (isPhone.matches && focused() !== cell.dataset.block) showBlock(cell.dataset.block);
  show(listIn(cell), before);
  (marker.isConnected ? marker : cell).scrollIntoView({ block: "nearest" });
  tell(word, notesIn(listIn(cell), note), before, cell);
}

function tell(word, others, before, cell) {
  const place = before ? others.indexOf(before) : others.length;
  const parts = { n: place + 1, count: others.length + 1, block: nameOf(cell) };
  say(words[word].replace(/\{(\w+)\}/g, (_, name) => parts[name]));
}

function along(step) {
  const others = [...notesIn(listIn(carried.cell), carried.note), null];
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
  const others = notesIn(listIn(done.cell), done.note);
  if (!put(done)) return putBack(done);
  if (done.home !== done.cell.dataset.block) goTo(done.cell.dataset.block);
  remember(done.note);
  stand();
  tell("putDown", others, done.before, done.cell);
}

function putBack({ home, note }) {
  if (focused() !== home) showBlock(home);
  remember(note);
  stand();
  say(noteAt(note) ? words.putBack : words.gone);
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
  const { note, cell, before } = carried;
  if (!noteAt(note)) return putBack(letGo());
  if (before && !listIn(cell)?.contains(before)) carried.before = null;
  show(listIn(cell), carried.before);
});
