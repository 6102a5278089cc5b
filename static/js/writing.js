// Writing a note, wherever that is: Enter saves it, and what cannot be saved is said before it goes.
let isShifted = false;

export function enterSaves(event) {
  isShifted = event.shiftKey;
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) save(event);
}

// Some keyboards of phones name no key; what theirs would do to the text they say.
document.addEventListener("beforeinput", (event) => {
  const isLine = event.inputType === "insertLineBreak" && event.target.matches("[data-most][name=text]");
  if (isLine && !isShifted && !event.isComposing) save(event);
});

function save(event) {
  event.preventDefault();
  event.target.form.requestSubmit();
}

export const letters = (value) => [...value].length;

// `required` lets blanks pass, and `maxlength` would cut off what is pasted. words: what to say of either.
export function judge(field, words) {
  const isBlank = field.name === "text" && field.value && !field.value.trim();
  const over = letters(field.value) - (field.dataset.most ?? Infinity);
  field.setCustomValidity(over > 0 ? words.tooLong.replace("{n}", over) : isBlank ? words.empty : "");
}
