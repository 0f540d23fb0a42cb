/* The panel beside the conversation, and what is lit in it and in the answer. */

function openPanel(kind, opener) {
  if (opener && !opener.closest("#panel")) state.opener = key(opener);
  document.body.dataset.panel = kind;
  shut();
}

function closePanel({ refocus = true } = {}) {
  if (!document.body.dataset.panel) return;
  delete document.body.dataset.panel;
  state.lit = state.shown = null;
  shut();
  mark();
  if (refocus) focusOn($(state.opener || "#question textarea"));
}

/* Behind the sheet of a narrow page nothing can be reached. */
function shut() {
  const sheet = narrow.matches && "panel" in document.body.dataset;
  for (const element of $$("#conversation, #top, #tabs > .tab-wrapper")) element.inert = sheet;
}

function showSources(exchange) {
  const place = $("#panel-sources .html-container");
  const html = stored(exchange)?.innerHTML ?? "";
  if (state.shown !== exchange || place.dataset.html !== html) {
    place.dataset.html = html;
    place.innerHTML = html;
  }
  state.shown = exchange;
  return place;
}

function openSource(button) {
  const { exchange, source } = button.dataset;
  const place = showSources(exchange);
  openPanel("sources", button);
  state.lit = { exchange, source };
  mark();
  const item = $(`.source[data-source="${CSS.escape(source)}"]`, place);
  if (!item) return;
  focusOn(item);
  const head = $(".head", place).offsetHeight;
  $("#panel").scrollTop += item.getBoundingClientRect().top - $("#panel").getBoundingClientRect().top - head;
}

/* Show in the answer what rests on a source. */
function trace(source) {
  if (narrow.matches) closePanel({ refocus: false });
  state.lit = { exchange: source.dataset.exchange, source: source.dataset.source };
  mark();
  const sentence = $(".sentence[data-lit]", article(source.dataset.exchange));
  sentence?.scrollIntoView({ block: "nearest" });
  if (narrow.matches) focusOn($(".cite", sentence ?? document));
}

function set(element, name, wanted) {
  if (element.hasAttribute(name) !== wanted) element.toggleAttribute(name, wanted);
}

function mark() {
  const { exchange, source } = state.lit ?? {};
  for (const element of $$(".sentence, .source, .cite, .card")) {
    const here = (element.dataset.exchange ?? element.closest(".exchange")?.dataset.exchange) === exchange;
    const named = element.dataset.sources?.split(" ") ?? [element.dataset.source];
    const name = element.matches(".cite, .card") ? "data-open" : "data-lit";
    set(element, name, here && named.includes(source));
  }
  for (const link of $$(".texts .link")) {
    set(link.closest("li"), "data-lit", identity(link.dataset) === state.texts[`${link.dataset.place}-reading`]);
  }
}
