// Whoever stands on a note keeps their place when it is moved, deleted or brought back: on the note where it is now,
// else on the next one, else on the name of the block. Writing and messages only interrupt it.
let place = null;
let awaited = null;
let isPlacing = false;

const more = (id) => noteAt(id)?.querySelector(".note__more");
const heading = (block) => document.querySelector(`.cell[data-block="${CSS.escape(block)}"] .block__focus`);

// A note where it is seen: as it will be when it has arrived, else as the server has it.
export const noteAt = (id) => document.getElementById(`own-${id}`) ?? document.getElementById(`note-${id}`);

// Remembers a note and its neighbours, the next ones first.
export function remember(id) {
  const note = noteAt(id);
  if (!note) return;
  const cell = note.closest(".cell");
  // Not of its list: what is on its way waits in one of its own.
  const order = [...cell.querySelectorAll(".note[data-note]")].map((each) => each.dataset.note);
  const at = order.indexOf(id);
  const near = [...order.slice(at + 1), ...order.slice(0, at).reverse()];
  place = { id, near, block: cell.dataset.block };
}

function focusOn(target) {
  if (!target?.checkVisibility()) return false;
  isPlacing = true;
  target.focus({ preventScroll: true });
  isPlacing = false;
  // A finger may have scrolled on meanwhile.
  if (target.matches(":focus-visible")) (target.closest(".note") ?? target).scrollIntoView({ block: "nearest" });
  return true;
}

// Into a menu that has opened. It says so a moment later: whoever went on by keyboard meanwhile is not fetched back.
export function enter(menu, first) {
  if (!menu.lastElementChild.contains(document.activeElement)) first.focus();
}

// Puts the focus back to the remembered place.
export function stand() {
  if (!place) return;
  const { id, near, block } = place;
  if ([id, ...near].some((each) => focusOn(more(each)))) return;
  focusOn(heading(block)) || focusOn(document.querySelector(".cell[data-focused] .block__focus"));
}

// On a phone a panel lies over everything else: nobody walks about behind it.
const isPhone = matchMedia("(max-width:63.99rem)");
export function cover() {
  const isOver = isPhone.matches && Boolean(document.querySelector(":is(#editor,#talk)>*"));
  for (const part of document.querySelectorAll(".skip,.bar,.bands,#board>:is(.canvas,.parking),.foot")) part.inert = isOver;
}
isPhone.addEventListener("change", cover);

// The note will come back: stand on it as soon as it is there, if nobody has gone on meanwhile.
export function awaitNote(id) {
  stand();
  awaited = id;
}

document.addEventListener("focusin", ({ target }) => {
  if (!isPlacing) awaited = null;
  const note = target.closest(".note[data-note]");
  if (note) remember(note.dataset.note);
  else if (!target.closest("#editor,#toasts") && !isPlacing) place = null;
});

// A press beside everything lets go.
document.addEventListener("pointerdown", ({ target }) => {
  awaited = null;
  if (!target.closest(".note,#editor,#toasts")) place = null;
});

document.addEventListener("live:fresh", () => {
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (awaited && focusOn(more(awaited))) awaited = null;
  else if (isLost) stand();
  else if (place) remember(place.id);
});
