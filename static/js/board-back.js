// The way back: on a phone every block is a place of its own, and what lies over it closes first. An entry of the
// history holds `trail` (the blocks up to this one) and `over` (it only waits for a Back, and shows nothing new).
// Fires "board:back" on document (detail.isLast: another Back leaves the canvas); preventDefault uses the Back up.
import { focused, showBlock } from "./board-focus.js";

const LONGEST = 9;
const isPhone = matchMedia("(max-width:63.99rem)");
let here = history.state?.trail?.at(-1) === focused() ? history.state : { trail: [focused()] };
history.replaceState(here, "");

const address = (key) => document.querySelector(`.cell[data-block="${CSS.escape(key)}"] a[data-goto]`)?.getAttribute("href");

// A block chosen by somebody. On a wide screen all nine are there already, and Back leaves the canvas.
export function goTo(key, href = address(key)) {
  const isNew = key !== focused();
  if (!showBlock(key)) return;
  if (isNew && isPhone.matches) goOn(key, href);
  else replace({ ...here, trail: [...here.trail.slice(0, -1), key] }, href);
}

// A long trail forgets its beginning, not its end: nobody has to press Back thirty times to get out.
function goOn(key, href) {
  const isLong = here.trail.length >= LONGEST;
  const next = { trail: [...here.trail.slice(isLong ? 1 : 0), key], over: isLong && here.over };
  if (isLong || here.over) return replace(next, href);
  here = next;
  history.pushState(here, "", href);
}

function replace(next, href) {
  here = next;
  history.replaceState(here, "", href);
}

// Something lies over the block now, or would be lost: the next Back is for that.
export function holdBack() {
  if (here.over) return;
  here = { ...here, over: true };
  history.pushState(here, "");
}

addEventListener("popstate", ({ state }) => {
  const was = here;
  // A link within the page, such as the one to skip the header.
  if (!state?.trail) return replace({ ...was, over: true });
  const length = state.trail.length;
  // What came before is known better now than when that entry was made.
  here = length <= was.trail.length ? { ...state, trail: was.trail.slice(0, length) } : state;
  const key = here.trail.at(-1);
  if (key !== state.trail.at(-1)) replace(here, address(key));
  if (key !== focused()) showBlock(key);
  const isLast = length === 1 && !here.over;
  const back = new CustomEvent("board:back", { cancelable: true, detail: { isLast } });
  if (!document.dispatchEvent(back)) return;
  if (was.over && !here.over && length === was.trail.length) history.back();
});
