// Counts decisions as they are made. The form is whole without it.
const form = document.querySelector("#review-form");
const cards = [...form.querySelectorAll("article.card")];
const text = document.querySelector("[data-progress-text]");
const bar = document.querySelector(".progress progress");
const next = document.querySelector("[data-next]");
const sign = form.querySelector("[data-sign]");
const sendBack = form.querySelector("[data-return]");
const summary = form.querySelector("[data-summary]");
const signLabel = sign.textContent;
const returnLabel = sendBack.textContent;
let unsaved = false;

const statements = (count) => `${count} statement${count === 1 ? "" : "s"}`;
const decisionOn = (card) => card.querySelector("input[type=radio]:checked")?.value;

function tell(approved, returned, open) {
  const parts = [];
  if (approved) parts.push(`approve ${approved}`);
  if (returned) parts.push(`request changes on ${returned}`);
  const made = parts.length ? `You ${parts.join(" and ")}. ` : "";
  return made + (open ? `Not decided yet: ${open}.` : "Every statement is decided.");
}

function count() {
  const made = cards.map(decisionOn);
  const approved = made.filter((value) => value === "approve").length;
  const returned = made.filter((value) => value === "changes").length;
  const decided = approved + returned;
  const open = cards.find((card) => !decisionOn(card));
  text.textContent = `${decided} of ${cards.length} decided`;
  bar.value = decided;
  next.href = open ? `#${open.id}` : "#sign";
  next.textContent = open ? "Next" : returned ? "Finish" : "Sign";
  sign.textContent = approved ? `Sign ${statements(approved)}` : signLabel;
  sendBack.textContent = returned ? `Request changes on ${statements(returned)}` : returnLabel;
  summary.textContent = tell(approved, returned, cards.length - decided);
}

if (cards.length) {
  form.addEventListener("change", () => { unsaved = true; count(); });
  form.addEventListener("submit", () => { unsaved = false; });
  addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
  count();
}
