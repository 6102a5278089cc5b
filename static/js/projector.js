// The wall follows the desk by its stream (live.js); this fits notes into blocks, fills the screen and hides the pointer.
const IDLE_MS = 2000;
const LARGEST = 5;

const scene = () => document.getElementById("scene");

const overflows = (list) => list.scrollHeight > list.clientHeight + 1 || list.scrollWidth > list.clientWidth + 1;

const mark = (note, name, on = true) => note.toggleAttribute(`data-${name}`, on);

// A block shown large: its words as large as all notes allow (size 0 has two columns), then a number for the last notes.
function enlarge(list) {
  for (let size = LARGEST; size >= 0; size -= 1) {
    list.setAttribute("data-size", size);
    if (!overflows(list)) return;
  }
  const leftOut = (columns) => {
    clear(list);
    list.setAttribute("data-size", columns === 2 ? 0 : 1);
    return leaveOut(list);
  };
  if (leftOut(2) >= leftOut(1)) return;
  leftOut(2);
}

// A block among nine: a bar for each note, and the words of as many as there is room for.
function condense(list) {
  const notes = [...list.children];
  for (const note of notes) mark(note, "bar");
  const worded = notes.filter((note) => {
    mark(note, "bar", false);
    if (overflows(list)) mark(note, "bar");
    return !note.hasAttribute("data-bar");
  });
  if (worded.length) return;
  clear(list);
  leaveOut(list);
}

// A block beside a large one: a bar for each note, below each other or, without the room, side by side.
function silhouette(list) {
  mark(list, "abreast");
  if (overflows(list)) leaveOut(list);
}

// A number instead of the last notes. Returns it.
function leaveOut(list) {
  const [first, ...later] = list.children;
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
  for (const name of ["size", "more", "abreast"]) mark(list, name, false);
  for (const note of list.children) for (const name of ["bar", "beyond", "clip"]) mark(note, name, false);
}

function fit(list) {
  clear(list);
  if (list.closest("[data-focused]")) enlarge(list);
  else if (!overflows(list)) return;
  else if (list.closest("[data-focus]")) silhouette(list);
  else condense(list);
}

function fitScene() {
  for (const list of scene().querySelectorAll(".block__notes")) fit(list);
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
