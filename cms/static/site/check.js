// Offers to check the words of this page, and to print it, where scripts run. The check is loaded when asked for.
const box = document.querySelector("[data-check]");
const button = box.querySelector("button");
const result = box.querySelector("[role=status]");

button.hidden = false;
button.addEventListener("click", async () => {
  // Not `disabled`: that would take the focus away.
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  result.textContent = "Checking …";
  try {
    const { report } = await import(box.dataset.script);
    result.replaceChildren(...(await report(document.querySelector("main"), box.dataset.check)));
  } catch {
    result.textContent = "The check could not be made just now. The steps on the receipt work without it.";
  }
  button.ariaDisabled = "false";
});

const printer = document.querySelector("[data-print]");
if (printer) {
  printer.hidden = false;
  printer.addEventListener("click", () => window.print());
}

// Answers belong on paper. Where the style sheet cannot unfold them, this does, until the printing is over.
let folded = [];
addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("main details:not([open])")];
  folded.forEach((item) => (item.open = true));
});
addEventListener("afterprint", () => folded.forEach((item) => (item.open = false)));
