/* What the reader does: clicks, keys, focus, pointer, scrolling, files. */

document.addEventListener("click", (event) => {
  const menu = $(".menu[open]");
  const button = event.target.closest("[data-action]");
  const held = button && actions[button.dataset.action]?.(button) === false;
  if (menu && !held && (button || !menu.contains(event.target))) menu.open = false;
  if (button) return;
  const folded = event.target.closest("summary")?.parentElement;
  if (folded?.dataset.keep) state.opened[folded.open ? "delete" : "add"](folded.dataset.keep);
  const source = event.target.closest("#panel .source");
  if (source && !narrow.matches && getSelection().isCollapsed) trace(source);
  closeScope(event.target);
});

/* Gradio's accordion does not say whether it is open, nor does it close by itself. */
function closeScope(target) {
  const head = $("#scope > .label-wrap");
  if (head?.classList.contains("open") && !target.closest("#scope, .options")) head.click();
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.target.closest(".reason input")) {
    event.preventDefault(); // or the button that gets the focus would be pressed, too
    event.target.nextElementSibling.click();
  }
  if (event.key !== "Escape") return;
  const menu = $(".menu[open]");
  if (!tip().hidden && !document.body.dataset.panel) hideTip();
  else if (menu) {
    menu.open = false;
    focusOn($("summary", menu));
  } else if ($("#scope > .label-wrap.open")) {
    closeScope(document.body);
    focusOn($("#scope > .label-wrap"));
  } else closePanel();
});

document.addEventListener("focusin", ({ target }) => {
  state.focus = { element: target, key: key(target) };
  if (target.matches(".cite:focus-visible")) showTip(target);
  else hideTip();
});
document.addEventListener("pointerover", ({ target, pointerType }) => {
  if (pointerType !== "mouse") return;
  const cite = target.closest(".cite");
  if (cite) showTip(cite);
  else if (!tip().hidden && !target.closest("#tip") && !$(".cite:focus-visible")) hideTip();
});
document.addEventListener("scroll", () => {
  hideTip();
  state.bottom = hidden() < NEAR_BOTTOM;
});

/* Files that the server would refuse in English are not sent; it has the last word. */
document.addEventListener(
  "change",
  (event) => {
    const rules = $("[data-most-bytes]");
    if (!rules || event.target.type !== "file") return;
    const bytes = [...event.target.files].reduce((sum, file) => sum + file.size, 0);
    const refused = bytes > Number(rules.dataset.mostBytes);
    $(".too-large", rules).hidden = !refused;
    if (!refused) return;
    event.stopImmediatePropagation();
    event.target.value = "";
  },
  true,
);
