// How it stands with one's own work: #save says it quietly, the band #outbox when there is something to know or to do.
import { isWriting } from "./drafts.js";
import { isOurs } from "./here.js";
import { kept } from "./outbox-rescue.js";
import { stateOf, waiting } from "./outbox.js";
import { isKept } from "./store.js";
import { goTo } from "./board-back.js";

const LONG = 60000;
const save = document.getElementById("save");
const band = document.getElementById("outbox");
const words = document.getElementById("outbox-words").dataset;
let offered = []; // drafts of notes whose editor is not open
let isRead = false; // before the queue is, nobody knows whether everything is saved
let unsentSince = 0;
let act = null;

const counted = (text, n) => text.replace("{n}", n);

// What the band says, the most urgent first: [words, label, what to do].
const CASES = [
  function held(own) {
    const change = own.find((each) => stateOf(each).is === "held");
    const reason = change && `${stateOf(change).reason} ${counted(words.held, own.length)}`;
    return change && [reason, words.enter, () => location.reload()];
  },
  () => !isKept() && [words.unkept],
  function rescued() {
    const notes = kept();
    return notes.length && [counted(words.keptHere, notes.length), words.show, () => show(notes[0].block)];
  },
  // A server that answers, and cannot take anything: that is not the network, and it says why.
  function troubled(own) {
    const change = own.find((each) => stateOf(each).reason && stateOf(each).tries > 1);
    return change && [`${stateOf(change).reason} ${counted(words.kept, own.length)}`];
  },
  function late(own) {
    const isLong = unsentSince && performance.now() - unsentSince >= LONG;
    return isLong && document.getElementById("band").hidden && [counted(words.late, own.length)];
  },
  function drafted() {
    const draft = offered.find(({ draft: name }) => link(name));
    if (!draft) return null;
    const text = draft.draft.startsWith("edit:") ? words.drafted : words.draftedComment;
    return [text, words.resume, () => link(draft.draft).click()];
  },
];

const SIGNS = { late: "#i-off", drafted: "#i-clock" };

// Where it is gone on with; replies are, once their comment is.
function link(name) {
  const [kind, id] = name.split(":");
  return document.querySelector(`a[data-${kind === "talk" ? kind : "edit"}="${CSS.escape(id)}"]`);
}

function show(block) {
  goTo(block);
  document.querySelector("[data-focused] [data-pending] [data-sync=refused]")?.scrollIntoView({ block: "center" });
}

function draw() {
  if (!isRead) return;
  const own = waiting().filter(isOurs);
  const isUnsent = own.some((change) => stateOf(change).is !== "saving");
  if (!isUnsent) unsentSince = 0;
  else if (!unsentSince) {
    unsentSince = performance.now();
    setTimeout(draw, LONG);
  }
  const rest = kept().length ? "refused" : isWriting() ? "draft" : "saved";
  summarize(isUnsent ? "unsent" : own.length ? "saving" : rest, own.length);
  const [name, said] = CASES.map((each) => [each.name, each(own)]).find(([, each]) => each) || [];
  const [text, label, todo] = said || [];
  act = todo;
  band.hidden = !text;
  if (!text) return;
  band.querySelector("use").setAttribute("href", SIGNS[name] ?? "#i-warning");
  const [place, button] = [band.querySelector("span"), band.querySelector("button")];
  if (place.textContent !== text) place.textContent = text;
  button.hidden = !label;
  button.textContent = label ?? "";
}

function summarize(state, count) {
  const text = state === "unsent" ? counted(words.unsentCount, count) : words[state];
  if (save.dataset.state === state && save.querySelector("span").textContent === text) return;
  save.dataset.state = state;
  save.dataset.count = count;
  save.querySelector("use").setAttribute("href", { saved: "#i-check", refused: "#i-x" }[state] ?? "#i-clock");
  save.querySelector("span").textContent = text;
}

let isLeaving = false;
band.querySelector("button").addEventListener("click", () => {
  isLeaving = true;
  act?.();
  setTimeout(() => { isLeaving = false; }, 1000);
});
addEventListener("beforeunload", (event) => {
  if (isLeaving) return;
  if (waiting().some(isOurs) || (!isKept() && isWriting())) event.preventDefault();
});

document.addEventListener("draft:found", ({ detail }) => {
  offered.push(...detail.filter((draft) => !draft.isLeft));
  draw();
});
document.addEventListener("outbox:taken", ({ detail: { form } }) => {
  offered = offered.filter((draft) => draft.draft !== form.dataset.draft);
});
document.addEventListener("draft:opened", ({ detail }) => {
  offered = offered.filter((draft) => draft.draft !== detail.draft);
  draw();
});
document.addEventListener("outbox:changed", () => { isRead = true; }, { once: true });
for (const name of ["outbox:changed", "store:lost", "draft:left", "live:state", "live:fresh", "band:free"]) {
  document.addEventListener(name, draw);
}
// Before anything else hears of a letter: nothing on the page may change while it still calls all of it saved.
document.addEventListener("input", draw, { capture: true });
