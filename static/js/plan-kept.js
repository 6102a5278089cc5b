// What could not be saved of a plan, and what somebody else wrote on this device: it stays beneath the steps with its text
// and the reason, until somebody has done something about it.
import { toast } from "./board-toast.js";
import { here, isOurs } from "./here.js";
import { drop, refresh, refused, retry, send, waiting } from "./outbox.js";
import { take } from "./store.js";

const words = document.getElementById("steps").dataset;
const list = document.getElementById("kept");
const template = document.getElementById("kept-item").content.firstElementChild;
const again = new Set(); // what was sent once more since this step of the agenda began
const isOfPlan = ({ canvas, block, body }) => canvas === here.canvas && block === words.place && body.some(([name]) => name === "text");

const kept = () => [...refused(), ...waiting().filter((change) => !isOurs(change))].filter(isOfPlan);

function reason({ refused: why, name }) {
  if (!why) return words.others.replace("{name}", name);
  return `${words.refused}: ${why.code === "note_gone" ? words.gone : (why.reason ?? "")}`;
}

function show() {
  const changes = kept();
  if (changes.map(({ op }) => op).join() === [...list.children].map((row) => row.change.op).join()) return;
  list.replaceChildren(...changes.map((change) => {
    const row = template.cloneNode(true);
    row.change = change;
    row.querySelector("[data-text]").textContent = new Map(change.body).get("text");
    row.querySelector("[data-state]").textContent = reason(change);
    const isGone = change.refused?.code === "note_gone";
    row.querySelector("[data-again]").hidden = !change.refused || isGone;
    row.querySelector("[data-anew]").hidden = !isGone;
    return row;
  }));
}

const acts = {
  again: (change) => retry(change),
  async anew(change) {
    const fields = change.body.filter(([name]) => name !== "base_version");
    send({ kind: "add", url: words.add, fields, block: words.place });
    await drop(change);
  },
  async drop({ seq, ...change }) {
    await drop({ seq });
    toast(words.discarded, { label: words.undo, act: () => take(change).then(refresh) });
  },
};

list.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-again],[data-anew],[data-drop]");
  if (button) acts[Object.keys(button.dataset)[0]](button.closest(".item").change);
});

// What was refused because writing was closed is sent when it is open.
function sendAgain() {
  const { places } = document.getElementById("stage").dataset;
  if (places !== undefined && !places.split(" ").includes(words.place)) return again.clear();
  for (const change of refused().filter(isOfPlan)) {
    if (change.refused.code !== "writing_closed" || again.has(change.op)) continue;
    again.add(change.op);
    retry(change);
  }
}

document.addEventListener("outbox:changed", show);
document.addEventListener("outbox:changed", sendAgain);
document.addEventListener("live:fresh", sendAgain);
document.addEventListener("outbox:refused", ({ detail: { answer } }) => toast(answer.reason || words.refused));
