// Saves a decision at each tap and each pause in typing. Without it, the form saves everything at once.
const PAUSE = 800;
const FIRST_RETRY = 2000;
const LAST_RETRY = 30000;
const unsaved = new Map(); // digest of the statement -> { timer, running, failed }
let sent = false;

const form = () => document.querySelector("#review-form");
const cardOf = (element) => element.closest?.("article.card");
const cardWith = (digest) => document.querySelector(`article.card[data-digest="${digest}"]`);
const shelf = () => `review ${location.pathname} ${form()?.querySelector("[autocomplete=username]")?.value}`;

function valuesOf(card) {
  const digest = card.dataset.digest;
  const value = (name, state = "") => card.querySelector(`[name="${name}-${digest}"]${state}`)?.value ?? "";
  return {
    digest,
    choice: value("decision", ":checked"),
    reason: value("reason", ":checked"),
    note: value("note"),
    wording: value("wording"),
  };
}

function tell(card, words, { problem = false, link } = {}) {
  const line = card.querySelector("[data-status]");
  line.toggleAttribute("data-problem", problem);
  if (problem) line.setAttribute("role", "alert");
  else line.removeAttribute("role");
  line.textContent = words;
  if (link) line.append(" ", Object.assign(document.createElement("a"), { href: link, textContent: "Sign in" }));
}

function saveAfter(card, delay) {
  const digest = card.dataset.digest;
  const state = unsaved.get(digest) ?? { failed: 0 };
  clearTimeout(state.timer);
  state.timer = setTimeout(() => save(digest), delay);
  unsaved.set(digest, state);
}

async function save(digest) {
  const card = cardWith(digest);
  const state = unsaved.get(digest);
  if (!card || !state || state.running) return;
  clearTimeout(state.timer);
  const values = valuesOf(card);
  if (!values.choice) return void unsaved.delete(digest);
  const body = new URLSearchParams(values).toString();
  state.running = true;
  let answer;
  try {
    answer = await fetch(form().dataset.decisions, {
      method: "POST",
      redirect: "manual",
      keepalive: body.length < 50000,
      headers: {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-CSRFToken": form().querySelector("[name=csrfmiddlewaretoken]").value,
      },
      body,
    });
  } catch {
    answer = null;
  }
  state.running = false;
  if (!card.isConnected) return;
  await take(answer, card, state);
  if (unsaved.has(digest) && body !== new URLSearchParams(valuesOf(card)).toString()) saveAfter(card, PAUSE);
  else if (answer?.ok) unsaved.delete(digest);
}

async function take(answer, card, state) {
  const text = answer?.ok || [409, 422, 429].includes(answer?.status) ? await answer.json() : {};
  if (answer?.ok) {
    state.failed = 0;
    const waits = "decided" in card.dataset ? "and can still be changed" : "as far as you got: your wording is missing";
    tell(card, `Saved ${text.saved_at} ${waits}.`);
  } else if (answer?.status === 409) {
    await showWhatChanged();
  } else if (text.sentence) {
    tell(card, text.sentence, { problem: true });
  } else if (answer && (answer.type === "opaqueredirect" || answer.status < 500)) {
    shelve();
    tell(card, "You were signed out. Sign in again: nothing you decided is lost.", { problem: true, link: form().dataset.signIn });
  } else {
    tell(card, "Not saved. We will try again.", { problem: true });
    saveAfter(card, Math.min(FIRST_RETRY * 2 ** state.failed++, LAST_RETRY));
  }
}

// Somebody changed the words meanwhile: save the rest as the form would, and show what it answers.
async function showWhatChanged() {
  const fields = new FormData(form());
  fields.delete("password");
  fields.set("action", "save");
  const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(fields) });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  unsaved.clear();
  document.querySelector("main").replaceWith(page.querySelector("main"));
  document.dispatchEvent(new Event("review:shown"));
  (document.querySelector("article.is-conflict") ?? document.querySelector("#main")).focus();
}

// Signed out: what could not be saved waits in this tab until she is back, under her name.
function shelve() {
  const kept = [...unsaved.keys()].map(cardWith).filter(Boolean).map(valuesOf);
  sessionStorage.setItem(shelf(), JSON.stringify(kept));
  unsaved.clear();
}

function takeFromShelf() {
  const kept = JSON.parse(sessionStorage.getItem(shelf()) ?? "[]");
  sessionStorage.removeItem(shelf());
  for (const values of kept) {
    const card = cardWith(values.digest);
    if (!card) continue;
    for (const [name, value] of [["decision", values.choice], ["reason", values.reason]]) {
      const radio = card.querySelector(`[name="${name}-${values.digest}"][value="${value}"]`);
      if (radio) radio.checked = true;
    }
    for (const name of ["note", "wording"]) card.querySelector(`[name="${name}-${values.digest}"]`).value = values[name];
    saveAfter(card, 0);
  }
  if (kept.length) document.dispatchEvent(new Event("review:shown"));
}

document.addEventListener("change", ({ target }) => {
  if (target.type === "radio" && cardOf(target)) saveAfter(cardOf(target), 0);
});
document.addEventListener("input", ({ target }) => {
  if (target.matches("article.card textarea")) saveAfter(cardOf(target), PAUSE);
});
document.addEventListener("focusout", ({ target }) => {
  const card = target.matches("article.card textarea") && cardOf(target);
  if (card && unsaved.has(card.dataset.digest)) saveAfter(card, 0);
});
document.addEventListener("submit", (event) => {
  if (event.defaultPrevented || event.target !== form()) return;
  if (sent) return void event.preventDefault();
  sent = true;
  unsaved.forEach(({ timer }) => clearTimeout(timer));
  unsaved.clear();
});
addEventListener("online", () => unsaved.forEach((state, digest) => saveAfter(cardWith(digest), 0)));
addEventListener("pageshow", () => { sent = false; });
addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });
if (form()) takeFromShelf();
