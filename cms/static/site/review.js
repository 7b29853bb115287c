// Says what was decided so far, and what the buttons will do. The form is whole without it.
const find = (selector) => document.querySelector(selector);
const cards = () => [...document.querySelectorAll("article.card")];
const statements = (count) => `${count} statement${count === 1 ? "" : "s"}`;
const WIDE = matchMedia("(min-width: 70rem)");
const LIST = new Intl.ListFormat("en-US");
const VERBS = {
  approve: (count) => `approve ${count}`,
  suggest: (count) => `suggest wording for ${count}`,
  changes: (count) => `request changes on ${count}`,
  not_mine: (count) => `pass back ${count} as not yours`,
};
const say = (element, words) => { if (element && element.textContent !== words) element.textContent = words; };

function decided(card) {
  const chosen = card.querySelector("[name^=decision-]:checked")?.value;
  const wording = card.querySelector("[name^=wording-]").value.trim();
  // A suggestion without words of its own is none yet.
  const choice = chosen === "suggest" && ["", card.querySelector("[data-before]").dataset.before].includes(wording) ? "" : chosen;
  return { card, choice, signs: "own" in card.dataset && ["approve", "suggest"].includes(choice) };
}

function tally() {
  const all = cards().map(decided);
  const count = (choice) => all.filter((item) => item.choice === choice).length;
  const open = all.filter((item) => !item.choice);
  const back = all.length - open.length - count("approve");
  const whole = Boolean(find("[data-meaning=clinical_review]"));
  const own = Boolean(find("[data-meaning=own_words]"));
  const signs = whole && !open.length && !back ? all.length : all.filter((item) => item.signs).length;
  return { all, count, open, back, whole, own, signs };
}

function sentence({ count, open }) {
  const made = Object.entries(VERBS).filter(([choice]) => count(choice)).map(([choice, verb]) => verb(count(choice)));
  const left = open.length ? `Not decided yet: ${open.length}.` : "Every statement is decided.";
  return made.length ? `You ${LIST.format(made)}. ${left}` : left;
}

function covers({ open, back, whole, own, signs }) {
  if (back && !whole && !signs && !open.length) return "Your notes go with it.";
  const yours = signs ? `Signing now covers ${statements(signs)}.` : "";
  if (whole && back) return `A clinical review covers the whole article, so it goes back to the writer. ${own ? yours : ""}`;
  if (back) return `${yours} What you do not sign goes back to the writer with your notes.`;
  return open.length && whole ? "" : yours;
}

function show() {
  const now = tally();
  const { all, open, back, whole, signs } = now;
  for (const { card, choice } of all) card.toggleAttribute("data-decided", Boolean(choice));
  const nothingToSign = Boolean(!open.length && back && !signs);
  const rest = all.length > signs ? " and send the rest back" : " and send your wording to the writer";
  const label = signs && !(whole && open.length) ? `Sign ${statements(signs)}${back ? rest : ""}` : "Sign";
  const next = find("[data-next]");
  say(find("[data-summary]"), sentence(now));
  const told = find("[data-covers]");
  told.dataset.before ??= told.textContent;
  say(told, covers(now).trim() || told.dataset.before);
  say(find("[data-sign]"), label);
  say(find("[data-progress-text]"), `${all.length - open.length} of ${all.length} decided`);
  find(".progress progress").value = all.length - open.length;
  next.href = open.length ? `#${open[0].card.id}` : "#sign";
  say(next, open.length ? "Next" : nothingToSign ? "Finish" : "Sign");
  find("#review-form").toggleAttribute("data-nothing-to-sign", nothingToSign);
  const review = find("[data-meaning=clinical_review]");
  if (review) {
    review.hidden = Boolean(back);
    review.querySelector("input").disabled = Boolean(back);
  }
}

// A review of the whole article cannot be signed while something is open: go there instead of asking the server.
function checkBeforeSigning(event) {
  const { open, whole } = tally();
  if (event.submitter?.value !== "sign" || !whole || !open.length) return;
  event.preventDefault();
  say(open[0].card.querySelector("[data-status]"), "Decide on this statement first: a review covers the whole article.");
  open[0].card.focus();
}

// On a phone, a long password is easier to type when it can be read.
function togglePassword({ target }) {
  const button = target.closest?.("[data-show]");
  if (!button) return;
  const shown = find("#password").type === "password";
  find("#password").type = shown ? "text" : "password";
  button.setAttribute("aria-pressed", shown);
}

// Only a wide screen has room for the page beside the statements, so only there it is loaded.
function loadPage() {
  if (WIDE.matches) import(find("[data-frame]").dataset.script);
}

if (cards().length) {
  for (const event of ["change", "input", "review:shown"]) document.addEventListener(event, show);
  document.addEventListener("submit", checkBeforeSigning);
  show();
}
function offerToShow() {
  const button = find("[data-show]");
  if (button) button.hidden = find("#password").disabled;
}

document.addEventListener("click", togglePassword);
document.addEventListener("review:shown", offerToShow);
offerToShow();
WIDE.addEventListener("change", loadPage);
loadPage();
find("article.is-conflict")?.focus();
