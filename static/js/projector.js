// The wall follows the desk by itself; this fits notes into blocks, fills the screen and hides the pointer.
const IDLE_MS = 2000;

const overflows = (list) => list.scrollHeight > list.clientHeight + 1;

function fit(list, more) {
  const notes = [...list.children];
  for (const note of notes) note.removeAttribute("data-bar"), note.removeAttribute("data-beyond");
  delete list.dataset.more;
  // Later notes become bars first; the first one keeps its words while there is any room.
  for (const note of notes.slice(1).reverse()) {
    if (!overflows(list)) return;
    note.setAttribute("data-bar", "");
  }
  let beyond = 0;
  for (const note of notes.slice(1).reverse()) {
    if (!overflows(list)) return;
    beyond += 1;
    note.setAttribute("data-beyond", "");
    list.dataset.more = more.replace("{n}", beyond);
  }
}

function fitScene() {
  const scene = document.getElementById("scene");
  for (const list of scene.querySelectorAll(".block__notes")) fit(list, scene.dataset.more);
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
document.addEventListener("htmx:after:swap", fitScene);
document.fonts.ready.then(fitScene);
document.addEventListener("click", fillScreen);
document.addEventListener("keydown", (event) => event.key.toLowerCase() === "f" && fillScreen());
document.addEventListener("pointermove", showPointer);
document.getElementById("live").addEventListener("reset", () => location.reload());
fitScene();
showPointer();
