// The participants' page: which block is in focus and which of its questions is shown. Everything here is also a link.
import "./outbox-notes.js";
import "./move.js";
import "./board-composer.js";
import "./board-editor.js";
import "./board-band.js";
import "./me.js";
import { focusBlock, focused } from "./board-focus.js";

document.documentElement.dataset.js = "";

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
    focusBlock(key, link.getAttribute("href"));
    if (!wasThere) scrollTo(0, 0);
  } else if (away && !event.target.closest("a,button,.note")) {
    focusBlock(away.dataset.block, away.querySelector("a[data-goto]")?.getAttribute("href"));
  }
});

// A menu closes when something else is wanted.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details[open]:is(.more,.map)")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
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
  history.replaceState(null, "", here);
});
