/* After each drawing: what Gradio took away is put back. */

function furnish() {
  const panel = $("#panel");
  const ariaLabel = $(".top")?.dataset.panel; // the bar may be drawn after the panel
  if (panel && ariaLabel && !panel.ariaLabel) Object.assign(panel, { role: "complementary", ariaLabel });
  const scope = $("#scope > .label-wrap");
  const open = String(scope?.classList.contains("open"));
  if (scope && scope.ariaExpanded !== open) scope.ariaExpanded = open;
  const composer = $("#composer");
  const height = composer && `${composer.offsetHeight}px`;
  const { style } = document.documentElement;
  if (height && style.getPropertyValue("--composer") !== height) style.setProperty("--composer", height);
  set(document.body, "data-talking", Boolean($(".exchange")));
}

function refresh() {
  furnish();
  for (const folded of $$("details[data-keep]")) {
    const wanted = state.opened.has(folded.dataset.keep);
    if (folded.open !== wanted) folded.open = wanted;
  }
  if (state.shown) {
    if (stored(state.shown)?.childElementCount) showSources(state.shown);
    else if (document.body.dataset.panel === "sources") closePanel({ refocus: false });
  }
  mark();
  opinions();
  noticeTexts();
  follow();
  keepFocus();
}

function start() {
  document.documentElement.lang = "fr";
  applyTheme();
  announcer();
  veil();
  new MutationObserver(applyTheme).observe(document.body, { attributeFilter: ["class"] });
  new MutationObserver(refresh).observe(document.body, {
    attributeFilter: ["open", "hidden", "disabled", "data-lit", "data-open"],
    childList: true,
    characterData: true,
    subtree: true,
  });
  refresh();
}

applyTheme(); // before anything is drawn
dim.addEventListener("change", applyTheme);
narrow.addEventListener("change", shut);
if (document.body) start();
else document.addEventListener("DOMContentLoaded", start);
