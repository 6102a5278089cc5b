// The participants' page: which block is in focus and which of its questions is shown. Everything here is also a link.
import "./stage.js";
import "./outbox-notes.js";
import "./outbox-rescue.js";
import "./outbox-bar.js";
import "./move.js";
import "./board-composer.js";
import "./board-editor.js";
import "./board-band.js";
import "./talk.js";
import "./board-views.js";
import "./board-example.js";
import "./me.js";
import "./segment-names.js";
import "./voting.js";
import "./veiled.js";
import "./others.js";
import { goTo, holdBack } from "./board-back.js";
import { focused } from "./board-focus.js";
import { waiting } from "./outbox.js";

document.documentElement.dataset.js = "";
const isPhone = matchMedia("(max-width:63.99rem)");
// On a phone one sees what one has undone.
document.addEventListener("outbox:saved", ({ detail: { change, answer } }) => {
  if (/^(un|re)do$/.test(change.kind) && isPhone.matches && !answer.note.deleted) goTo(answer.note.block);
});

const plain = (event) => !event.defaultPrevented && !event.button && !(event.metaKey || event.ctrlKey || event.shiftKey);

document.addEventListener("click", (event) => {
  if (!plain(event)) return;
  const link = event.target.closest("a[data-goto],a[data-ask]");
  const away = event.target.closest(".cell:not([data-focused])");
  if (link) {
    event.preventDefault();
    const key = link.dataset.goto ?? link.closest(".cell").dataset.block;
    if (link.dataset.ask) link.closest(".cell").dataset.question = link.dataset.ask;
    const wasThere = focused() === key;
    goTo(key, link.getAttribute("href"));
    if (wasThere) return;
    scrollTo(0, 0);
    // The link that was pressed is hidden now; the one at its place goes on.
    if (!link.checkVisibility()) successor(link, key)?.focus({ preventScroll: true });
  } else if (away && !event.target.closest("a,button,.note")) goTo(away.dataset.block);
});

// Several notes: by the link, by a click with Ctrl or Shift, by holding a finger on one.
const picking = () => import("./picking.js");
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-pick]");
  const note = (event.ctrlKey || event.metaKey || event.shiftKey) && event.target.closest("#board .note[data-note]");
  if (!note && !(link && plain(event))) return;
  event.preventDefault();
  event.stopPropagation();
  picking().then(({ choose }) => choose(note ? [note.dataset.note] : link.dataset.pick.split(" ").filter(Boolean), link));
}, { capture: true });
document.addEventListener("contextmenu", (event) => {
  const note = event.pointerType === "touch" && event.target.closest("#board .note[data-note]");
  if (!note) return;
  event.preventDefault();
  picking().then(({ choose }) => choose([note.dataset.note]));
});

// What comes later is there before a connection may be gone: where there is a mouse at once, on a phone, whose bytes are
// dear, with the first touch. One's own signals are shown by it; news of them, or one on its way, bring it as well.
const signals = () => import("./signals.js").catch(() => {});
const told = () => document.getElementById("signals").outerHTML;
const first = told();
if (matchMedia("(pointer:fine)").matches) signals();
for (const name of ["pointerdown", "keydown"]) addEventListener(name, signals, { once: true });
for (const name of ["live:fresh", "outbox:changed"]) {
  document.addEventListener(name, () => { if (told() !== first || waiting().some(({ kind }) => kind === "signal")) signals(); });
}

function successor(link, key) {
  const direction = link.closest("[data-turn]") && [...link.classList].find((name) => name.startsWith("turn__"));
  return document.querySelector(direction ? `[data-turn][data-focused] .${direction}` : `.cell[data-block="${CSS.escape(key)}"] .block__focus`);
}

// A menu closes when something else is wanted; on a phone by Back as well.
const menus = () => [...document.querySelectorAll("details[open]:is(.more,.map)")];
document.addEventListener("click", ({ target }) => {
  if (isPhone.matches && target.closest(":is(.more,.map):not([open])>summary")) holdBack();
});
document.addEventListener("board:back", (event) => {
  for (const menu of menus()) {
    menu.open = false;
    event.preventDefault();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus()) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});
// By keyboard one leaves it behind.
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  const menu = relatedTarget && target.closest("details[open]:is(.more,.map,.moves,.picked__way,.ballot__own)");
  if (menu && !menu.contains(relatedTarget)) menu.open = false;
});
// A panel beside the canvas may hide what somebody stands on.
document.addEventListener("keydown", ({ key, target }) => {
  if (key !== "Escape" || "picking" in document.body.dataset || target.closest("#editor,#talk,#toasts,.composer,dialog,details[open]")) return;
  document.querySelector("#editor [data-cancel],#talk [data-shut]")?.click();
});
document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest?.("details[open]:is(.more,.map)");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("outbox:taken", (event) => {
  const { form } = event.detail;
  if (!("banner" in form.dataset)) return;
  form.remove();
  const here = new URL(location.href);
  here.searchParams.delete("deleted");
  history.replaceState(history.state, "", here);
});
