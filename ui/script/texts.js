/* Whole texts: asked of Python, shown at the quote. */

const identity = ({ document: text, start, end }) => `${text} ${start} ${end}`;

function openText(button) {
  const { document: text, start, end, place } = button.dataset;
  const host = $(`#${place}-reading`);
  const wanted = identity(button.dataset);
  if (place !== "panel") {
    state.opener = key(button);
    document.body.dataset.reading = place;
  } else {
    openPanel("reading", button);
  }
  if (state.texts[host.id] === wanted) arrived(host);
  else host.dataset.late = "";
  send("select", { document: text, start: Number(start), end: Number(end), place });
}

function arrived(host) {
  delete host.dataset.late;
  const text = $("mark", host) ?? $("h2", host);
  focusOn(text);
  const scroller = host.closest("#panel") ?? document.scrollingElement;
  const top = scroller.scrollTop + (text?.getBoundingClientRect().top ?? 0);
  scroller.scrollTop = text?.matches("mark") ? top - innerHeight * 0.35 : 0;
}

function noticeTexts() {
  for (const host of $$("#panel-reading, #corpus-reading, #own-reading")) {
    const reading = $(".reading", host);
    const shown = reading ? identity(reading.dataset) : "";
    if (state.texts[host.id] === shown) continue;
    state.texts[host.id] = shown;
    if (shown) arrived(host);
  }
}
