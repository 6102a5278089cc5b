// The button that prints does something only here; without scripts the page says which keys do.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
