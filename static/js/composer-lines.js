// Several lines pasted into the composer: a question whether each is to be a note. The text stays in its field, and so in
// its draft, until that is answered; then each goes as a change of its own, and the draft with the last of them.
import { say, toast, words } from "./board-toast.js";
import { keyOf } from "./drafts.js";
import { send } from "./outbox.js";

const MOST = 60;
// What stands before the items of a list; "o" and a tab come from word processors.
const BULLET = /^\s*(?:[-–—*•◦▪‣·●○■□✓✔➢➤\u{e000}-\u{f8ff}]+(?:\s+|(?!\d))|o\t\s*|\(?(?:\d{1,3}|[a-z])[.)]\s+)/u;
const form = document.getElementById("add");
const { text } = form.elements;
const place = form.querySelector("[data-offer]");
const ask = place.querySelector("[data-ask]");
const yes = place.querySelector("[data-split]");

const linesOf = (value) => value.split(/\r?\n/).map((line) => line.replace(BULLET, "").trim()).filter(Boolean);
const counted = (sentence, n) => sentence.replace("{n}", n);

export function offer() {
  const lines = linesOf(text.value);
  if (lines.length > MOST) return toast(counted(words.manyLines, MOST));
  if (lines.length < 2 || lines.some((line) => [...line].length > text.dataset.most)) return;
  ask.textContent = counted(ask.dataset.ask, lines.length);
  yes.textContent = counted(yes.dataset.split, lines.length);
  place.querySelector("ol").replaceChildren(...lines.map(item));
  place.hidden = false;
  yes.focus({ preventScroll: true });
}

function item(line) {
  const li = document.createElement("li");
  li.textContent = line;
  return li;
}

// Only the first of them says what is given and got.
function fieldsOf(line, n) {
  const fields = new FormData(form);
  fields.set("text", line);
  for (const name of n ? ["gives", "gets"] : []) fields.set(name, "");
  return fields;
}

function split() {
  const lines = linesOf(text.value);
  const url = form.getAttribute("action");
  const changes = lines.map((line, n) =>
    send({ kind: "add", url, fields: fieldsOf(line, n) }, n === lines.length - 1 ? keyOf(form) : undefined));
  place.hidden = true;
  form.dispatchEvent(new CustomEvent("outbox:taken", { bubbles: true, detail: { change: changes.at(-1), form } }));
  say(counted(words.split, lines.length));
}

function keepWhole() {
  place.hidden = true;
  text.focus({ preventScroll: true });
}

yes.addEventListener("click", split);
place.querySelector("[data-whole]").addEventListener("click", keepWhole);
place.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  keepWhole();
});
