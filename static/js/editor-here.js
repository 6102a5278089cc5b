// The editor of a note made on this device: for a note that is still on its way, and where the server does not answer.
import { keep } from "./drafts.js";
import { folded } from "./outbox-notes.js";
import { noteOf, said } from "./outbox-fold.js";
import { follow } from "./outbox-follow.js";

const template = document.getElementById("editor-here");
const answered = []; // own changes, with the notes they made

// Whether own changes of the note are on their way, which the server's editor would not show.
export const isOnItsWay = (id) => folded().has(id);

// The editor, or null when nothing is known of the note.
export function editorHere(id) {
  const note = folded().get(id) ?? noteOf(id);
  if (!note || note.isHidden || !template) return null;
  const editor = template.content.firstElementChild.cloneNode(true);
  for (const element of [editor, ...editor.querySelectorAll("*")]) {
    for (const { name, value } of [...element.attributes]) {
      if (value.includes("NOTE")) element.setAttribute(name, value.replace("NOTE", id));
    }
  }
  const fields = said(note.fields);
  settle(editor, note, fields);
  for (const field of editor.querySelector("[data-op=edit]").elements) set(field, note.base, fields);
  editor.dataset.after = (note.ops ?? []).join(" ");
  for (const one of answered) goOn(editor, one);
  return editor;
}

// What is written here goes on from own changes that were on their way: it is no second version of them.
function goOn(editor, { change, note }) {
  if (!editor?.dataset.after?.split(" ").includes(change.op)) return;
  const form = editor.querySelector("[data-op=edit]");
  const base = form.elements.base_version;
  const written = {
    seq: Infinity, kind: "edit", note: form.dataset.note, url: form.getAttribute("action"),
    body: [["base_version", base.value]],
  };
  for (const { note: id, url, body } of follow(change, note, [written])) {
    form.dataset.note = id;
    form.setAttribute("action", url);
    base.value = new Map(body).get("base_version");
  }
}

const opened = () => document.querySelector("#editor>[data-editor]");

document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
  const one = { change, note: answer.note };
  answered.push(one);
  goOn(opened(), one);
});
// What was written before the page was loaded again goes on from the same changes.
document.addEventListener("draft:opened", ({ detail: { draft, after } }) => {
  const form = opened()?.querySelector("[data-op=edit]");
  if (!after || form?.dataset.draft !== draft) return;
  opened().dataset.after = after;
  for (const one of answered) goOn(opened(), one);
  keep(form);
});

function set(field, base, fields) {
  const value = fields.get(field.name) ?? (field.name === "amounts_were" ? "//" : "");
  if (field.name === "base_version") field.value = fields.get("base_version") ?? base;
  else if (field.type === "checkbox") field.defaultChecked = fields.getAll(field.name).includes(field.value);
  else if (field.type === "radio") field.defaultChecked = field.value === value;
  else if (field.name) field.defaultValue = value;
}

// Which block it is in, and what that means for what is offered.
function settle(editor, { block }, fields) {
  const cell = document.querySelector(`.cell[data-block="${CSS.escape(block)}"]`);
  editor.dataset.block = block;
  editor.querySelector("[data-op=edit]").dataset.block = block;
  if (fields.get("side")) editor.dataset.from = fields.get("side");
  for (const link of editor.querySelectorAll("[data-cancel]")) link.href = cell.querySelector(".block__focus").href;
  editor.querySelector("h2 .muted").textContent = `· ${cell.querySelector(".block__focus").textContent}`;
  const isPartner = "exchange" in cell.dataset || fields.get("gives") || fields.get("gets");
  for (const name of ["gives", "gets"]) editor.querySelector(`[name=${name}]`).closest("label").hidden = !isPartner;
  const money = editor.querySelector("[data-money-fields]");
  if (!("money" in cell.dataset) && !fields.get("amount")) money.remove();
  else money.querySelector("details").open = Boolean(fields.get("amount_low") || fields.get("amount_high"));
  editor.querySelector(`[name=block][value="${CSS.escape(block)}"]:is(button)`).disabled = true;
  order(editor, cell);
}

function order(editor, cell) {
  const form = editor.querySelector("form.row");
  const seen = [...cell.querySelectorAll(".note[data-note]")].filter((note) => note.getClientRects().length);
  const ids = seen.map((note) => note.dataset.note);
  const at = ids.indexOf(editor.dataset.editor);
  const [up, down] = form.querySelectorAll("button");
  form.querySelector("[name=block]").value = editor.dataset.block;
  [up.value, down.value] = [ids[at - 1] ?? "", ids[at + 2] ?? ""];
  [up.disabled, down.disabled] = [at < 1, at < 0 || at + 1 === ids.length];
  form.hidden = ids.length < 2;
}
