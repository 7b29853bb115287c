// On a wide screen, where review.js loads this: the page as patients will see it beside the statements, each bringing the other into view.
const CALM = matchMedia("(prefers-reduced-motion: reduce)");
const cards = () => [...document.querySelectorAll("article.card")];
const page = () => document.querySelector("[data-frame] iframe")?.contentDocument;
const markOf = (card) => page()?.querySelector(`[data-statement="${card.dataset.digest}"]`);
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
  watch();
  showDecisions();
}

// The statement that crosses the middle of the window is the one being read.
function watch() {
  watcher?.disconnect();
  watcher = new IntersectionObserver(
    (seen) => seen.filter((item) => item.isIntersecting).forEach((item) => bring(item.target)),
    { rootMargin: "-45% 0px -54% 0px" },
  );
  cards().forEach((card) => watcher.observe(card));
}

function bring(card) {
  const mark = markOf(card);
  if (!mark) return;
  for (const other of page().querySelectorAll("[data-active]")) delete other.dataset.active;
  mark.dataset.active = "";
  // Not scrollIntoView: it would scroll this window too.
  const frame = page().defaultView;
  const top = mark.getBoundingClientRect().top + frame.scrollY - frame.innerHeight / 4;
  frame.scrollTo({ top, behavior: CALM.matches ? "auto" : "smooth" });
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
