// Which block is in focus. Fires "board:focus" (detail: its cell and key) on document.
const board = document.getElementById("board");
const canvas = board.querySelector(".canvas");

export const focused = () => canvas.dataset.focus;

// Returns whether there is such a block.
export function showBlock(key) {
  const cell = board.querySelector(`.cell[data-block="${CSS.escape(key ?? "")}"]`);
  if (!cell) return false;
  canvas.dataset.focus = key;
  for (const each of document.querySelectorAll(".cell,[data-turn]")) {
    each.toggleAttribute("data-focused", (each.dataset.turn ?? each.dataset.block) === key);
  }
  document.querySelector("[data-here]").dataset.block = key;
  document.getElementById("map").open = false;
  document.dispatchEvent(new CustomEvent("board:focus", { detail: { cell, key } }));
  return true;
}
