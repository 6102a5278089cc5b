// A file dropped anywhere on the page goes into its file field: beside the field a browser would open it instead.
const field = document.querySelector("input[type=file]");
const isFile = (event) => event.dataTransfer?.types.includes("Files");
const mark = (isOver) => field.toggleAttribute("data-drop", isOver);

addEventListener("dragover", (event) => {
  if (!isFile(event)) return;
  event.preventDefault();
  event.dataTransfer.dropEffect = "copy";
  mark(true);
});
addEventListener("dragleave", (event) => { if (!event.relatedTarget) mark(false); });
addEventListener("drop", (event) => {
  if (!isFile(event)) return;
  event.preventDefault();
  mark(false);
  const only = new DataTransfer();
  only.items.add(event.dataTransfer.files[0]);
  field.files = only.files;
  field.form.querySelector("button").focus();
});
