// How somebody looks at the canvas: nine blocks, one at a time or a list; and at which notes only. One attribute each on
// #board; a style rule does the rest. Everything here is also a link or a form.
import { goTo } from "./board-back.js";
import { say } from "./board-toast.js";

const A_YEAR = 31536000;
const board = document.getElementById("board");
const only = document.getElementById("only");
const band = document.getElementById("only-band");
const marks = () => [...only.querySelectorAll("[name=only]:checked")];

function look(view) {
  board.dataset.view = view;
  document.cookie = `view=${view};path=/;max-age=${A_YEAR};samesite=lax`;
  for (const link of document.querySelectorAll(".views [data-view]")) {
    if (link.dataset.view === view) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

const seen = (...places) => [...document.querySelectorAll(places.join())].find((place) => place.checkVisibility());

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-view]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  if (link.dataset.of) goTo(link.dataset.of);
  look(link.dataset.view);
  const menu = link.closest("details[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary").focus();
  } else seen(".views__back", ".cell[data-focused] .block__large")?.focus();
  say(document.querySelector(`.views [data-view=${link.dataset.view}]`).textContent.trim());
});

// In a list the block that was chosen is somewhere on the page.
document.addEventListener("board:focus", ({ detail: { cell } }) => {
  if (board.dataset.view === "list") requestAnimationFrame(() => cell.scrollIntoView({ block: "start" }));
});

function sift() {
  const chosen = marks();
  board.dataset.only = chosen.map((mark) => mark.value).join(" ");
  band.hidden = !chosen.length;
  band.querySelector("[data-chosen]").textContent = chosen.map((mark) => mark.dataset.word).join(", ");
  count();
}

function count() {
  if (band.hidden) return;
  const notes = [...board.querySelectorAll(".block__notes .note")];
  const hits = band.querySelector("[data-hits]");
  const shown = notes.filter((note) => getComputedStyle(note).display !== "none").length;
  hits.textContent = `· ${hits.dataset.words.replace("{n}", shown).replace("{count}", notes.length)}`;
}

function showAll() {
  for (const mark of marks()) mark.checked = false;
  sift();
}

only.addEventListener("change", () => {
  sift();
  say(band.hidden ? "" : band.querySelector(".grow").textContent.trim());
});
only.addEventListener("submit", (event) => event.preventDefault());
band.querySelector("[data-all]").addEventListener("click", (event) => {
  event.preventDefault();
  showAll();
});
document.addEventListener("live:fresh", count);
// What somebody writes is never out of their sight.
document.addEventListener("outbox:taken", ({ detail: { change } }) => {
  if (change.kind === "add" && !band.hidden) showAll();
});
// A page that comes back keeps what was ticked.
addEventListener("pageshow", sift);
