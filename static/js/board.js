// The participants' page: which block is in focus and which of its questions is shown. Everything here is also a link.
// What one needs to write comes first, and whatever else one can do here (board-rest.js) when that is there.
import "./outbox-notes.js";
import "./board-composer.js";
import "./me.js";
import { goTo } from "./board-back.js";
import { focused } from "./board-focus.js";

const AGAIN = 5000;

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
    goTo(key, link.getAttribute("href"));
    if (wasThere) return;
    scrollTo(0, 0);
    // The link that was pressed is hidden now; the one at its place goes on.
    if (!link.checkVisibility()) successor(link, key)?.focus({ preventScroll: true });
  } else if (away && !event.target.closest("a,button,.note")) goTo(away.dataset.block);
});

function successor(link, key) {
  const direction = link.closest("[data-turn]") && [...link.classList].find((name) => name.startsWith("turn__"));
  return document.querySelector(direction ? `[data-turn][data-focused] .${direction}` : `.cell[data-block="${CSS.escape(key)}"] .block__focus`);
}

// Without a connection it comes when there is one.
async function complete() {
  try {
    await import("./board-rest.js");
  } catch (problem) {
    if (!/module/i.test(problem.message)) throw problem;
    setTimeout(complete, AGAIN);
  }
}

complete();
