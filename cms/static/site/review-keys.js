// Single keys, only while a statement has focus and no text is being typed (WCAG 2.1.4). Can be turned off.
const choose = (value, then) => (card) => {
  const radio = card.querySelector(`[name^=decision-][value=${value}]`);
  radio.click();
  (then && card.querySelector(then) ? card.querySelector(then) : card).focus();
};

function move(step) {
  return (card) => {
    const cards = [...document.querySelectorAll("article.card")];
    cards[cards.indexOf(card) + step]?.focus();
  };
}

function help() {
  const details = document.querySelector("#help-keys");
  details.open = true;
  details.querySelector("summary").focus();
}

const KEYS = {
  j: move(1),
  k: move(-1),
  a: choose("approve"),
  s: choose("suggest", "[name^=wording-]"),
  r: choose("changes", "[name^=reason-]"),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const card = target.closest?.("article.card");
  if (!card || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (target.matches("textarea")) {
    if (key === "Escape") card.focus();
    return;
  }
  if (document.querySelector("#review-form").dataset.singleKeys === "off" || !Object.hasOwn(KEYS, key)) return;
  event.preventDefault();
  KEYS[key](card);
});
