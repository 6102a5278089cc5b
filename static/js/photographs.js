// Photographs are made small here already: on a bad Wi-Fi a tenth of the bytes is a tenth of the wait.
const LONGEST = 1600;
const SMALL = 500_000;
const input = document.getElementById("files");
const button = input?.form.querySelector("button");
const said = document.querySelector("[data-sending]");
let turn = 0;

async function smaller(file) {
  if (file.size < SMALL) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [picture.width, picture.height].map((side) => Math.round(side * scale));
    const pen = canvas.getContext("2d", { alpha: false });
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const made = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.9));
    return made && made.size < file.size ? new File([made], file.name, { type: made.type }) : file;
  } catch {
    // What this browser cannot read the server may, or it says why not.
    return file;
  }
}

function say(words) {
  said.textContent = words;
  button.disabled = Boolean(words);
}

input?.addEventListener("change", async () => {
  const mine = ++turn;
  say(said.dataset.preparing);
  try {
    const chosen = new DataTransfer();
    for (const file of input.files) chosen.items.add(await smaller(file));
    if (mine === turn) input.files = chosen.files;
  } finally {
    if (mine === turn) say("");
  }
});
input?.form.addEventListener("submit", () => say(said.dataset.sending));
// Back from the next page the form is as it was left.
addEventListener("pageshow", () => input && say(""));
