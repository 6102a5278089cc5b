// What the outbox looks like: own notes appear at once, leave when the server's note is there, and stay with their
// text and a reason when refused. All of it stands outside the live regions, so no patch can take it away.
import { send, waiting } from "./outbox.js";
import { toast, words } from "./board-toast.js";

const sheet = new CSSStyleSheet();
document.adoptedStyleSheets.push(sheet);

const cell = (key) => document.querySelector(`.cell[data-block="${CSS.escape(key ?? "")}"]`);
const stand = (change) => change.stand?.isConnected && change.stand;

function show(change, state, reason) {
  const place = cell(change.block) ?? document.querySelector(".cell[data-focused]");
  const note = stand(change) || document.getElementById("pending").content.firstElementChild.cloneNode(true);
  const body = change.body;
  note.dataset.pending = change.note;
  note.dataset.sync = state;
  note.querySelector("[data-text]").textContent = body.get("text");
  note.querySelector("[data-gives]").textContent = body.get("gives") ?? "";
  note.querySelector("[data-gets]").textContent = body.get("gets") ?? "";
  note.querySelector("[data-state]").textContent = reason ?? words[state];
  note.querySelector("use").setAttribute("href", state === "refused" ? "#i-x" : state === "sent" ? "#i-check" : "#i-clock");
  if (body.get("side")) note.dataset.from = body.get("side");
  if (body.get("assumption")) note.dataset.assumption = "";
  tag(note, body);
  if (!note.isConnected) {
    place.querySelector("[data-pending]").append(note);
    note.scrollIntoView({ block: "nearest" });
  }
  note.change = change;
  change.stand = note;
}

function tag(note, body) {
  const tags = body.getAll("segments").map((number) => ({ seg: number, k: `S${number}` }));
  if (tags.length) note.dataset.seg = tags[0].seg;
  if (body.get("inclusion")) tags.push({ k: "I", letter: "i" });
  if (body.get("assumption")) tags.push({ k: "A", letter: "a" });
  note.querySelector(".note__tags").replaceChildren(...tags.map(({ seg, k, letter }) => {
    const mark = document.createElement("span");
    mark.className = letter ? `tag tag--${letter}` : "tag";
    mark.dataset.k = k;
    if (seg) mark.dataset.seg = seg;
    return mark;
  }));
}

// Notes of the server wait for a change of ours: rules, because a live patch would take attributes away.
function dim() {
  const rules = waiting().filter((change) => change.kind !== "add").map(({ kind, note }) => {
    const id = `#note-${CSS.escape(note)}`;
    return kind === "delete" || kind === "hide" ? `${id}{display:none}` : `${id}{opacity:.6;border-style:dashed}`;
  });
  sheet.replaceSync(rules.join(""));
}

function settle() {
  for (const note of document.querySelectorAll("[data-pending]>[data-sync]:not([data-sync=refused])")) {
    const arrived = document.getElementById(`note-${note.dataset.pending}`);
    if (!arrived) continue;
    note.remove();
    arrived.scrollIntoView({ block: "nearest" });
  }
}

function state({ state: name, count }) {
  const save = document.getElementById("save");
  save.dataset.state = name;
  save.dataset.count = count;
  save.querySelector("use").setAttribute("href", name === "saved" ? "#i-check" : "#i-clock");
  save.querySelector("span").textContent = name === "unsent" ? words.unsentCount.replace("{n}", count) : words[name];
}

function copy(note) {
  const area = document.createElement("textarea");
  area.value = note.querySelector("[data-text]").textContent;
  area.className = "visually-hidden";
  note.append(area);
  area.select();
  // navigator.clipboard does not exist on http://192.168.x.x
  const done = document.execCommand("copy");
  area.remove();
  if (done) toast(words.copied);
}

// A note deleted under an edit is written anew as it is; a note refused from the start needs another look.
function renew(change) {
  if (change.kind !== "edit") {
    document.dispatchEvent(new CustomEvent("compose:again", { detail: { change } }));
    return;
  }
  const fields = [...change.body].filter(([name]) => name !== "base_version");
  send({ kind: "add", url: document.getElementById("add").getAttribute("action"), fields: [...fields, ["block", change.block]] });
}

const on = (name, act) => document.addEventListener(name, (event) => act(event.detail));
on("outbox:queued", ({ change }) => { if (change.kind === "add") show(change, "saving"); dim(); });
on("outbox:waiting", () => {
  for (const change of waiting()) if (change.kind === "add") show(change, "unsent");
});
on("outbox:saved", ({ change }) => {
  if (change.kind === "add") show(change, "sent");
  if (change.kind === "add") settle();
  dim();
});
on("outbox:refused", ({ change, answer }) => {
  const reason = answer?.message || words.refused;
  dim();
  if (change.body.has("text")) show(change, "refused", `${words.refused}: ${reason}`);
  else toast(reason);
});
on("outbox:state", state);
on("live:fresh", settle);

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy],[data-renew],[data-drop]");
  const note = button?.closest("[data-pending]>[data-sync]");
  if (!note) return;
  if ("copy" in button.dataset) copy(note);
  else if ("drop" in button.dataset) note.remove();
  else {
    renew(note.change);
    note.remove();
  }
});
