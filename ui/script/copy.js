/* What the reader takes along: the clipboard and saved files. */

async function copy(button) {
  const { text } = button.dataset;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text); // no clipboard beyond https and this machine
    focusOn(button);
  }
  say($(".words", button), $(".top").dataset.copied, SHOWN_MS);
  announce($(".top").dataset.copied);
}

function copyByHand(text) {
  const field = Object.assign(document.createElement("textarea"), { value: text, className: "unseen" });
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

/* Say something else on a button for a while, which keeps its width. */
function say(words, text, milliseconds) {
  const button = words.closest("button");
  words.dataset.own ??= words.textContent;
  button.style.minWidth = `${button.offsetWidth}px`;
  button.dataset.armed = "";
  words.textContent = text;
  clearTimeout(words.timer);
  words.timer = setTimeout(() => unsay(words), milliseconds);
}

function unsay(words) {
  const button = words.closest("button");
  words.textContent = words.dataset.own;
  button.style.minWidth = "";
  delete button.dataset.armed;
  delete words.dataset.own;
}

document.addEventListener("parole:save", ({ detail: { name, type, text } }) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement("a"), { href: url, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), SHOWN_MS);
});
