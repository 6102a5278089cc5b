// Own notes that nobody else sees yet. They come with the page and are asked for anew when one has changed: no live region
// has them. Fires "own:fresh" ({ revision }) on document: up to there the page shows one's own notes as the server has them.
import { here } from "./here.js";
import { toast, words } from "./board-toast.js";

const board = document.getElementById("board");
const isSilent = () => !document.getElementById("silence").hidden;
const veiled = (root) => [...root.querySelectorAll(".note[data-veiled]")];
let wasSilent = isSilent();
let asked = 0;
let isStale = false;

const fresh = (revision) => document.dispatchEvent(new CustomEvent("own:fresh", { detail: { revision } }));

async function renew() {
  const turn = ++asked;
  isStale = true;
  try {
    const answer = await fetch(board.dataset.ownNotes, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return;
    isStale = false;
    for (const list of page.querySelectorAll("[data-own]")) show(list, board.querySelector(`.cell[data-block="${CSS.escape(list.dataset.own)}"] [data-pending]`));
    fresh(Number(page.body.dataset.since.split("-").pop()));
  } catch {
    // The next news tries again.
  }
}

// Before what is on its way; one that is as it was stays, and so does the focus on it.
function show(list, place) {
  const known = new Map(veiled(place).map((note) => [note.outerHTML, note]));
  const next = [...list.children].map((note) => known.get(note.outerHTML) ?? note);
  for (const note of veiled(place)) if (!next.includes(note)) note.remove();
  next.forEach((note, n) => {
    const spot = n ? next[n - 1].nextElementSibling : place.firstElementChild;
    if (note !== spot) place.insertBefore(note, spot);
  });
}

document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
  if (change.canvas === here.canvas && (answer.note?.veiled_by || (change.notes && isSilent()))) renew();
});
document.addEventListener("live:fresh", ({ detail: { revision } }) => {
  if (isSilent()) {
    if (isStale) renew();
  } else {
    for (const note of veiled(board)) note.remove();
    fresh(revision);
    if (wasSilent) toast(words.revealed);
  }
  wasSilent = isSilent();
});
