// The names of segments on every button that chooses one, as they stand in the legend, a live region. Forms are none.
const place = document.getElementById("editor-here");

function rename() {
  for (const root of [document, place?.content]) {
    for (const name of root?.querySelectorAll("[data-name-of]") ?? []) {
      const said = document.querySelector(`#segments [data-named="${name.dataset.nameOf}"]`)?.textContent ?? "";
      if (name.textContent !== said) name.textContent = said;
    }
  }
}

document.addEventListener("live:fresh", rename);
