/* What all parts of the script share: short names, what the page keeps in mind, the bridge to Python. */

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
