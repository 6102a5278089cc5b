// Undo and redo of one's own changes: by button, by Ctrl+Z and Ctrl+Shift+Z, and never in the middle of typing. They
// wait in the outbox like every change; the server says what it did and whether there is more.
import { toast } from "./board-toast.js";

const TYPING = "textarea,select,[contenteditable],input:not([type=checkbox],[type=radio],[type=button],[type=submit])";
const turns = ["undo", "redo"];
const buttons = (kind) => document.querySelectorAll(`button[form=${kind}]`);
const allow = (kind, is) => { for (const button of buttons(kind)) button.disabled = !is; };

document.addEventListener("outbox:taken", ({ detail: { form } }) => {
  document.getElementById("turn")?.remove();
  if (!("banner" in form.dataset)) return;
  form.remove();
  forget("deleted");
});

document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
  if (change.canvas !== document.body.dataset.canvas || ["comment", "signal", "vote"].includes(change.kind)) return;
  if (!turns.includes(change.kind)) {
    allow("undo", true);
    allow("redo", false);
    return;
  }
  for (const kind of turns) allow(kind, answer[kind]);
  if (answer.message) toast(answer.message);
});

// The reason is said where all refusals are said.
document.addEventListener("outbox:refused", ({ detail: { change } }) => {
  if (turns.includes(change.kind)) allow(change.kind, false);
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.target.closest(TYPING)) return;
  const key = event.key.toLowerCase();
  if (key !== "z" && key !== "y") return;
  event.preventDefault();
  const kind = key === "y" || event.shiftKey ? "redo" : "undo";
  if ([...buttons(kind)].some((button) => !button.disabled)) document.getElementById(kind).requestSubmit();
});

// The page to clear a block begins with the one in focus.
document.addEventListener("board:focus", ({ detail: { key } }) => {
  const link = document.querySelector("a[data-clearing]");
  if (!link) return;
  const address = new URL(link.href);
  address.searchParams.set("block", key);
  link.href = address.pathname + address.search;
});

// Coming back to this address must not say again what was undone.
function forget(name) {
  const here = new URL(location.href);
  if (!here.searchParams.has(name)) return;
  here.searchParams.delete(name);
  history.replaceState(history.state, "", here);
}

forget("turned");
