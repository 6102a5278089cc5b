// The wall follows the desk by its stream (live.js); this fits notes into blocks, fills the screen and hides the pointer.
import "./timer.js";

const IDLE_MS = 2000;
const LARGEST = 5;
// Of a note; the styles know it too.
const MOST_LINES = 9;
// Two columns need this many letters' heights of width, or long words break.
const COLUMN = 8;

const scene = () => document.getElementById("scene");

const overflows = (list) => list.scrollHeight > list.clientHeight + 1 || list.scrollWidth > list.clientWidth + 1;

const mark = (note, name, on = true) => note.toggleAttribute(`data-${name}`, on);

// A block shown large: its words as large as all notes of the page allow, then no text longer than so many lines.
function enlarge(list) {
  for (let size = LARGEST; size >= 1; size -= 1) if (fitsInColumns(list, size)) return;
  mark(list, "abreast", false);
  mark(list, "short");
  for (let lines = MOST_LINES; lines >= 1; lines -= 1) {
    list.style.setProperty("--lines", lines);
    if (!overflows(list)) return;
  }
}

function fitsInColumns(list, size) {
  list.setAttribute("data-size", size);
  mark(list, "abreast", false);
  if (!overflows(list)) return true;
  if (list.clientWidth < 2 * COLUMN * parseFloat(getComputedStyle(list).fontSize)) return false;
  mark(list, "abreast");
  return !overflows(list);
}

// What a replay has just changed is shown before all others.
function newsFirst(list) {
  const isNews = (note) => note.hasAttribute("data-changed");
  return [...list.querySelectorAll(".note")].sort((one, other) => isNews(other) - isNews(one));
}

// A block among nine: the first words of as many notes as there is room for, the others as bars; then more of the words.
// Most of them as bars would say nothing: then a number.
function condense(list) {
  const notes = newsFirst(list);
  for (const note of notes) mark(note, "bar");
  const worded = notes.filter((note) => {
    note.style.setProperty("--lines", 1);
    mark(note, "bar", false);
    if (overflows(list)) mark(note, "bar");
    return !note.hasAttribute("data-bar");
  });
  if (2 * worded.length >= notes.length) return lengthen(worded, list);
  clear(list);
  leaveOut(list);
}

// A line more for each in turn, so that none is cut short for the one above it.
function lengthen(notes, list) {
  let growing = notes;
  for (let lines = 2; lines <= MOST_LINES; lines += 1) {
    growing = growing.filter((note) => {
      note.style.setProperty("--lines", lines);
      if (!overflows(list)) return true;
      note.style.setProperty("--lines", lines - 1);
      return false;
    });
  }
}

// A block beside a large one: a bar for each note, below each other or, without the room, side by side.
function silhouette(list) {
  mark(list, "abreast");
  if (overflows(list)) leaveOut(list);
}

// A number instead of the last notes. Returns it.
function leaveOut(list) {
  const [first, ...later] = newsFirst(list);
  let count = 0;
  while (overflows(list) && count < later.length) {
    count += 1;
    mark(later.at(-count), "beyond");
    list.setAttribute("data-more", scene().dataset.more.replace("{n}", count));
  }
  if (overflows(list)) mark(first, "clip");
  return count;
}

function clear(list) {
  for (const name of ["size", "more", "abreast", "short"]) mark(list, name, false);
  for (const part of [list, ...list.children]) part.style.removeProperty("--lines");
  for (const note of list.querySelectorAll(".note")) for (const name of ["bar", "beyond", "clip"]) mark(note, name, false);
}

function fit(list) {
  clear(list);
  if (list.closest("[data-focused]")) enlarge(list);
  else if (!overflows(list)) return;
  else if (list.closest("[data-focus]")) silhouette(list);
  else condense(list);
}

function fitScene() {
  const changed = document.getElementById(`note-${scene().dataset.changed}`);
  if (changed) mark(changed, "changed");
  const lists = [...scene().querySelectorAll(".block__notes")];
  for (const list of lists) fit(list);
  if (scene().dataset.kind === "comparison") even(lists);
}

// Of two groups none is to look louder: both in the smaller letters.
function even(lists) {
  const size = Math.min(...lists.map((list) => Number(list.dataset.size)));
  for (const list of lists) if (Number(list.dataset.size) > size) fitsInColumns(list, size);
}

function fillScreen() {
  if (!document.fullscreenElement) document.documentElement.requestFullscreen?.().catch(() => {});
}

let idle;
function showPointer() {
  document.body.removeAttribute("data-idle");
  clearTimeout(idle);
  idle = setTimeout(() => document.body.setAttribute("data-idle", ""), IDLE_MS);
}

addEventListener("resize", fitScene);
document.addEventListener("live:fresh", fitScene);
document.fonts.ready.then(fitScene);
document.addEventListener("click", fillScreen);
document.addEventListener("keydown", (event) => event.key.toLowerCase() === "f" && fillScreen());
document.addEventListener("pointermove", showPointer);
fitScene();
showPointer();
