// Votes of whoever is here: marked on the notes, counted beside the question. The server has them, and what is on its way
// is put on top; live regions know nothing of it and may be renewed at any time.
import { say, toast, words } from "./board-toast.js";
import { here, isOurs } from "./here.js";
import { send, waiting } from "./outbox.js";

const board = document.getElementById("board");
const region = () => document.getElementById("voting");
const ballot = () => document.getElementById("ballot");
const noteAt = (id) => document.getElementById(`note-${id}`);
let round = "";
let asking = null;
let given = []; // as the server has told

function read() {
  ({ round = "" } = ballot().dataset);
  given = (ballot().dataset.votes || "").split(" ").filter(Boolean);
}

// The notes one has voted for when everything on its way has arrived; those that are gone do not count.
function own() {
  const votes = new Set(given);
  for (const { kind, canvas, note, body, ...change } of waiting()) {
    const fields = new Map(body);
    if (kind !== "vote" || canvas !== here.canvas || !isOurs({ canvas, ...change }) || fields.get("round_id") !== round) continue;
    if (fields.get("value") === "1") votes.add(note);
    else votes.delete(note);
  }
  return [...votes].filter(noteAt);
}

const left = (votes) => Number(ballot().dataset.budget) - votes.length;
const told = (votes) => ballot().dataset.left.replace("{n}", Math.max(0, left(votes))).replace("{budget}", ballot().dataset.budget);
const textOf = (note) => note.querySelector(".note__text").lastChild.textContent;

function paint() {
  if (!round) return;
  const votes = own();
  for (const button of board.querySelectorAll(".vote")) {
    const is = String(votes.includes(button.value));
    if (button.getAttribute("aria-pressed") !== is) button.setAttribute("aria-pressed", is);
  }
  const place = ballot().querySelector(".ballot__left");
  if (place.textContent !== told(votes)) place.textContent = told(votes);
  list(votes);
}

function list(votes) {
  const place = ballot().querySelector("details");
  const lines = place.querySelector("ul");
  if (lines.dataset.votes === votes.join(" ")) return;
  const isHere = lines.contains(document.activeElement);
  lines.dataset.votes = votes.join(" ");
  lines.replaceChildren(...votes.map(line));
  place.hidden = !votes.length;
  if (isHere) (place.hidden ? ballot().querySelector(".ballot__left") : place.querySelector("summary")).focus();
}

function line(id) {
  const item = ballot().querySelector("template").content.firstElementChild.cloneNode(true);
  item.querySelector("span").textContent = textOf(noteAt(id));
  item.querySelector("button").value = id;
  return item;
}

function vote(id, is) {
  const { spent, given: voted, withdrawn } = ballot().dataset;
  if (is && left(own()) <= 0) return toast(spent);
  const block = noteAt(id)?.closest(".cell").dataset.block;
  const fields = [["note_id", id], ["round_id", round], ["value", is ? "1" : "0"]];
  send({ kind: "vote", url: board.dataset.votes, fields, note: id, block });
  say(`${is ? voted : withdrawn} ${told(own())}`);
}

// Another round than the one we know: ask for our own votes in it.
function renew() {
  const now = region().dataset.round ?? "";
  if (now === round) return;
  if (now) return (asking ??= ask(now).finally(() => { asking = null; }));
  round = "";
  toast(words.votingClosed, { label: words.results, act: () => { location.href = region().dataset.closed; } });
}

async function ask(now) {
  try {
    const answer = await fetch(board.dataset.ballot, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const next = page.getElementById("ballot");
    if (next?.dataset.round !== now) return;
    ballot().replaceWith(next);
    read();
    paint();
  } catch {
    // The next news tries again.
  }
}

document.addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (form.id !== "vote" && form.id !== "unvote") return;
  event.preventDefault();
  const is = form.id === "vote" && submitter.getAttribute("aria-pressed") !== "true";
  // A finger may be faster than the answer with our own votes.
  await renew();
  if (round) vote(submitter.value, is);
  else if (region().dataset.round) toast(words.unsaved);
});
document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
  if (change.kind === "vote" && change.canvas === here.canvas && new Map(change.body).get("round_id") === round) given = answer.votes;
});
document.addEventListener("outbox:changed", paint);
document.addEventListener("live:fresh", renew);
new MutationObserver(paint).observe(board, { childList: true, subtree: true });
read();
paint();
renew();
