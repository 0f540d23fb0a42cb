/* What the page does in the browser: one listener for all buttons, and one eye on what Gradio
   draws anew. Gradio lays each new HTML over the old one and takes away every attribute that
   is not in it: `refresh` puts back what the reader had opened, lit or focused. */

(() => {
  "use strict";

  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const narrow = matchMedia("(max-width: 63.99rem)"); // as in panel.css
  const dim = matchMedia("(prefers-color-scheme: dark)");
  const THEME = "parole-theme";
  const NEAR_BOTTOM = 60; // pixels of the answer below the window for which it is still followed
  const SHOWN_MS = 1800; // how long « Copié » stands
  const ARMED_MS = 4000; // how long « Effacer vraiment ? » waits

  const state = {
    opened: new Set(), // the details that the reader unfolded
    shown: null, // the exchange in the panel
    lit: null, // the source that is lit, and its exchange
    opener: "", // what the panel was opened from, to get the focus back
    focus: null, // what had the focus last
    reason: "", // the exchange whose opinion was just given
    thanked: "", // the exchange whose reason was just sent
    texts: {}, // the text that is read in each place
    running: "", // the exchange whose answer is coming
    clearing: false, // whether the conversation goes once its answer has stopped
    told: -1, // how far the live region has told of it
    bottom: true, // whether the reader is at the end of the answer
  };

  const send = (event, data = {}) =>
    document.dispatchEvent(new CustomEvent("parole:send", { detail: { event, data } }));

  const number = (element) => Number(element.dataset.exchange);
  const article = (exchange) => $(`.exchange[data-exchange="${CSS.escape(exchange)}"]`);
  const stored = (exchange) => $(".store", article(exchange) ?? document.createElement("p"));

  /* --- small things beside Gradio's page ------------------------------------------------ */

  function added(id, properties) {
    const element = document.getElementById(id) ?? document.createElement("div");
    if (!element.isConnected) {
      Object.assign(element, { id, ...properties });
      document.body.append(element);
    }
    return element;
  }
  const announcer = () => added("announcer", { className: "unseen", ariaLive: "polite" });
  const tip = () => added("tip", { role: "tooltip", hidden: true });
  const veil = () => added("veil", { onclick: () => closePanel() });

  function announce(text) {
    announcer().textContent = text;
  }

  /* --- theme ---------------------------------------------------------------------------- */

  function kept() {
    try {
      return localStorage.getItem(THEME);
    } catch {
      return null; // the browser keeps nothing: the system decides
    }
  }
  let theme = kept();

  function applyTheme() {
    const dark = theme ? theme === "dark" : dim.matches;
    for (const element of [document.documentElement, document.body]) {
      element?.classList.toggle("dark", dark);
    }
    return dark;
  }

  function switchTheme() {
    theme = applyTheme() ? "light" : "dark";
    applyTheme();
    try {
      localStorage.setItem(THEME, theme);
    } catch {
      /* it lasts as long as the page */
    }
  }

  /* --- focus ---------------------------------------------------------------------------- */

  /* A selector that finds the same button again after it was drawn anew. */
  function key(element) {
    if (element.id) return `#${CSS.escape(element.id)}`;
    const names = ["action", "exchange", "source", "document", "start", "place", "question"];
    const about = names.filter((name) => name in element.dataset);
    const scope = element.closest("#panel, .strip, .prose, .evidence, .actions, #opening");
    const within = scope && (scope.id ? `#${scope.id} ` : `.${scope.classList[0]} `);
    return about.length === 0
      ? ""
      : (within ?? "") +
          about.map((name) => `[data-${name}="${CSS.escape(element.dataset[name])}"]`).join("");
  }

  function focusOn(element) {
    element?.focus({ preventScroll: true });
    return Boolean(element);
  }

  function keepFocus() {
    const active = document.activeElement;
    const lost = !active || active === document.body || active.disabled || !active.checkVisibility();
    const last = state.focus;
    if (!lost || !last) return;
    const turned = ["#ask", "#stop"].includes(last.key); // they take each other's place
    if (turned) focusOn($("#stop:not(:disabled)") ?? $("#question textarea"));
    else if (!last.element.isConnected && last.key) focusOn($(last.key));
  }

  /* --- panel ---------------------------------------------------------------------------- */

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

  /* --- whole texts ---------------------------------------------------------------------- */

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

  /* --- quote beside a number ------------------------------------------------------------ */

  function showTip(cite) {
    const { exchange, source } = cite.dataset;
    const item = $(`.source[data-source="${CSS.escape(source)}"]`, stored(exchange) ?? document);
    if (!item) return;
    const box = tip();
    const title = Object.assign(document.createElement("span"), { className: "title" });
    title.textContent = $("h3 bdi", item).textContent;
    box.replaceChildren(title, `« ${$("mark", item).textContent} »`);
    box.hidden = false;
    const at = cite.getBoundingClientRect();
    const above = at.top - box.offsetHeight - 8;
    box.style.top = `${above > 0 ? above : at.bottom + 8}px`;
    box.style.left = `${Math.max(8, Math.min(at.left - 24, innerWidth - box.offsetWidth - 16))}px`;
    cite.setAttribute("aria-describedby", "tip");
  }

  function hideTip() {
    tip().hidden = true;
    for (const cite of $$("[aria-describedby='tip']")) cite.removeAttribute("aria-describedby");
  }

  /* --- copy, save ----------------------------------------------------------------------- */

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

  /* --- what each button does ------------------------------------------------------------ */

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

  /* --- the answer as it comes ----------------------------------------------------------- */

  const STAGES = ["waiting", "searching", "reading", "writing", "checking"];

  /* How many pixels of the answer stand below the window, behind the composer included. */
  function hidden() {
    const end = $("#current .answer")?.getBoundingClientRect().bottom ?? 0;
    return end - innerHeight + ($("#composer")?.offsetHeight ?? 0);
  }

  function follow() {
    const now = $("#current .exchange");
    const running = now && "running" in now.dataset ? now.dataset.exchange : "";
    const begun = running && running !== state.running;
    const ended = state.running && !running;
    state.running = running;
    if (begun) {
      state.told = -1;
      state.bottom = true;
      if ($("#thread .exchange")) requestAnimationFrame(() => now.scrollIntoView());
    } else if (running && state.bottom) {
      document.scrollingElement.scrollTop += Math.max(0, hidden());
    }
    if (running) tellStage(now);
    if (ended && now) tellAnswer(now);
    if (ended && state.clearing) send("clear");
    if (ended) state.clearing = false;
  }

  function tellStage(now) {
    const { phase } = now.dataset;
    const stage = STAGES.indexOf(phase);
    const text = $(".phase", now).textContent;
    if (stage <= state.told && !(phase === "waiting" && text !== announcer().textContent)) return;
    state.told = Math.max(stage, state.told);
    announce(text);
  }

  function tellAnswer(now) {
    const said = $$(".message, .note, .prose bdi, .prose .mark", now).map((part) => part.textContent);
    announce([$(".phase", now).textContent, ...said].join(" "));
  }

  /* --- after each drawing --------------------------------------------------------------- */

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
})();
