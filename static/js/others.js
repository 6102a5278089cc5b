// What others change, said to whoever cannot see it: gathered into one sentence in some seconds, never one's own, and
// only while the page is in front.
import { isOurs } from "./here.js";
import { waiting } from "./outbox.js";
import { say, words } from "./board-toast.js";

const GATHER = 1500; // changes seldom come alone
const BETWEEN = 8000; // as long as a sentence takes to be heard
const OWN = 5000; // what an answer names may still be on its way to the page
const FEW = 3; // blocks that are named

const answered = new Map(); // note -> until when a change of it is one's own
const news = new Map(); // note -> { block, isNew }
let seen = look();
let timer = 0;
let last = -Infinity;
let quoted = ""; // the note whose words stand in #said

function look() {
  const notes = [...document.querySelectorAll("#board .note[id^='note-']")];
  return new Map(notes.map((note) => [note.dataset.note, { version: note.dataset.version, block: note.closest(".cell").dataset.block }]));
}

// Those of one's own changes; undo and redo do not say beforehand what they will change.
function own() {
  const mine = waiting().filter((change) => isOurs(change) && change.kind !== "signal");
  if (mine.some(({ note, notes }) => !note && !notes)) return null;
  const now = performance.now();
  const recent = [...answered].filter(([, until]) => until > now).map(([id]) => id);
  return new Set([...recent, ...mine.flatMap(({ note, notes }) => notes ?? [note])]);
}

function compare() {
  const before = seen;
  seen = look();
  // What was deleted or hidden is not to be read here either.
  if (quoted && !seen.has(quoted)) {
    quoted = "";
    document.getElementById("said").textContent = "";
  }
  const mine = own();
  if (!mine || document.hidden) return;
  for (const id of new Set([...before.keys(), ...seen.keys()])) {
    const [was, is] = [before.get(id), seen.get(id)];
    if (mine.has(id) || (was?.version === is?.version && was?.block === is?.block)) continue;
    news.set(id, { block: (is ?? was).block, isNew: !was || Boolean(news.get(id)?.isNew) });
  }
  if (news.size && !timer) timer = setTimeout(tell, Math.max(GATHER, last + BETWEEN - performance.now()));
}

const named = (block) => document.querySelector(`.cell[data-block="${CSS.escape(block)}"] .block__focus`)?.textContent ?? "";
const textOf = (id) => document.querySelector(`#note-${CSS.escape(id)} .note__text`)?.lastChild.textContent;

function sentence() {
  const blocks = [...new Set([...news.values()].map(({ block }) => block))];
  const block = blocks.map(named).join(", ");
  const [[id, { isNew }]] = news;
  quoted = news.size === 1 && isNew && textOf(id) ? id : "";
  if (quoted) return words.othersNew.replace("{block}", block).replace("{text}", () => textOf(id));
  const said = news.size === 1 ? words.othersOne : blocks.length > FEW ? words.othersWide : words.othersSome;
  return said.replace("{n}", news.size).replace("{count}", blocks.length).replace("{block}", block);
}

function tell() {
  timer = 0;
  last = performance.now();
  if (!document.hidden) say(sentence());
  news.clear();
}

document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
  const until = performance.now() + OWN;
  for (const id of [change.note, ...(change.notes ?? []), answer.note?.id]) if (id) answered.set(id, until);
});
document.addEventListener("live:fresh", compare);
