// On a wide screen, where review.js loads this: the page as patients will see it beside the statements, each bringing the other into view.
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const cards = () => [...document.querySelectorAll("article.card")];
const page = () => document.querySelector("[data-frame] iframe")?.contentDocument;
const markOf = (card) => page()?.querySelector(`[data-statement="${card.dataset.digest}"]`);
const MARGIN = 24;
let watcher;

function load() {
  const section = document.querySelector("[data-frame]");
  if (!section || section.querySelector("iframe")) return;
  const frame = document.createElement("iframe");
  frame.title = section.firstElementChild.textContent;
  frame.src = section.dataset.frame;
  frame.addEventListener("load", prepare);
  section.append(frame);
  section.hidden = false;
}

function prepare() {
  for (const link of page().querySelectorAll("a[href]:not([href^='#'])")) link.target = "_blank";
  page().addEventListener("click", ({ target }) => {
    const mark = !target.closest("a") && target.closest("[data-statement]");
    const card = mark && cards().find((card) => card.dataset.digest === mark.dataset.statement);
    card?.focus();
  });
  showDecisions();
  const all = cards();
  const first = all.find((card) => !("decided" in card.dataset)) ?? all[0];
  if (first) bring(first, "instant");
  watch();
}

// The statement that crosses the middle of the window is the one being read.
function watch() {
  watcher?.disconnect();
  // At the top of this window nobody has gone to a statement yet, so the first report says nothing.
  let waits = scrollY === 0;
  watcher = new IntersectionObserver(
    (seen) => {
      if (!waits) seen.filter((item) => item.isIntersecting).forEach((item) => bring(item.target));
      waits = false;
    },
    { rootMargin: "-45% 0px -54% 0px" },
  );
  cards().forEach((card) => watcher.observe(card));
}

// The frame may reach below this window, or behind the bar at its end: how much of it can be seen, and from where.
function visible(frame) {
  const { top, bottom } = frame.getBoundingClientRect();
  const end = document.querySelector(".progress")?.getBoundingClientRect().top ?? innerHeight;
  const from = Math.max(0, -top);
  return { from, height: Math.max(0, Math.min(bottom, end, innerHeight) - top - from) };
}

function bring(card, behavior = CALM.matches ? "auto" : "smooth") {
  const mark = markOf(card);
  if (!mark) return;
  for (const other of page().querySelectorAll("[data-active]")) delete other.dataset.active;
  mark.dataset.active = "";
  // Not scrollIntoView: it would scroll this window too.
  const frame = page().defaultView;
  const { from, height } = visible(frame.frameElement);
  const box = mark.getBoundingClientRect();
  // A quarter down, or from its beginning if it is too tall for that.
  const above = from + Math.max(Math.min(height / 4, (height - box.height) / 2), MARGIN);
  frame.scrollTo({ top: box.top + frame.scrollY - above, behavior });
}

function showDecisions() {
  for (const card of cards()) {
    const mark = markOf(card);
    if (!mark) continue;
    const done = "decided" in card.dataset;
    mark.dataset.mark = done ? "done" : "open";
    const words = mark.querySelector("[data-mark-words]");
    if (words) words.textContent = done ? "Decided. " : "Needs your decision. ";
  }
}

for (const event of ["change", "input"]) document.addEventListener(event, () => page() && showDecisions());
document.addEventListener("focusin", ({ target }) => {
  const card = page() && target.closest?.("article.card");
  if (card) bring(card);
});
document.addEventListener("review:shown", load);
load();
