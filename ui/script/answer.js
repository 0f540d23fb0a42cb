/* The answer as it comes: the window follows it, a live region tells of it. */

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
