// The words and shapes that scripts need, in the reader's language. They come with the scripts, which browsers keep, and
// not with every page (templates/canvas/_shapes.html). The questions of a block go to their place when it is in focus.
const { canvas, readonly } = document.body.dataset;
const page = new DOMParser().parseFromString(SHAPES.replaceAll("THE-CANVAS", canvas), "text/html");
if (readonly !== undefined) page.getElementById("picked").remove();
document.body.append(...page.body.children);

const questions = document.getElementById("questions").content;

document.addEventListener("board:focus", ({ detail: { cell } }) => {
  const place = cell.querySelector(".block__question[data-as-it-was]");
  place?.replaceWith(questions.getElementById(place.id).cloneNode(true));
});
