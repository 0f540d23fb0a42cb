/* What each button does. */

const actions = {
  cite: openSource,
  trace: (button) => trace(button.closest(".source")),
  close: () => closePanel(),
  back: () => {
    openPanel("sources");
    focusOn($("#panel-sources .source[data-lit]") ?? $("#panel-sources h2"));
  },
  select: openText,
  shelf: () => {
    delete document.body.dataset.reading;
    const card = $(state.opener);
    card?.scrollIntoView({ block: "center" });
    focusOn(card);
  },
  copy,
  theme: switchTheme,
  download: (button) => send("download", { format: button.dataset.format }),
  remove: (button) => send("delete", { document: button.dataset.document }),
  undo: () => send("undo"),
  clear: (button) => {
    if (!("armed" in button.dataset)) {
      say($(".words", button), button.dataset.sure, ARMED_MS);
      return false;
    }
    unsay($(".words", button));
    closePanel({ refocus: false });
    state.clearing = Boolean(state.running);
    return state.clearing ? $("#stop").click() : send("clear"); // see `follow`
  },
  retry: (button) => send("retry", { exchange: number(button) }),
  edit: (button) => {
    send("edit", { exchange: number(button) });
    $("#question textarea").focus();
  },
  like: (button) => {
    const rating = button.ariaPressed === "true" ? "" : button.dataset.rating;
    state.reason = rating ? button.dataset.exchange : "";
    state.thanked = "";
    send("like", { exchange: number(button), rating, reason: "" });
    opinions();
  },
  reason: (button) => {
    const around = article(button.dataset.exchange);
    const rating = $("[data-rating][aria-pressed='true']", around)?.dataset.rating ?? "";
    const reason = $(".reason input", around).value.trim();
    state.thanked = state.reason;
    state.reason = "";
    if (reason) send("like", { exchange: number(button), rating, reason });
    opinions();
    focusOn($("[data-rating][aria-pressed='true']", around));
  },
  example_select: (button) => {
    closePanel({ refocus: false });
    $("#tabs [role='tab']")?.click();
    if (matchMedia("(hover: hover)").matches) $("#question textarea")?.focus();
    send("example_select", { question: button.dataset.question });
  },
};

function opinions() {
  for (const field of $$(".reason")) {
    const exchange = field.closest(".exchange").dataset.exchange;
    set(field, "hidden", exchange !== state.reason);
    set(field.nextElementSibling, "hidden", exchange !== state.thanked);
  }
}
