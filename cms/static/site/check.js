// Offers to check the words of this page, where scripts run. The check itself is loaded when somebody asks for it.
const box = document.querySelector("[data-check]");
const button = box.querySelector("button");
const result = box.querySelector("[role=status]");

button.hidden = false;
button.addEventListener("click", async () => {
  button.disabled = true;
  result.textContent = "Checking …";
  try {
    const { report } = await import(box.dataset.script);
    result.replaceChildren(...(await report(document.querySelector("main"), box.dataset.check)));
  } catch {
    result.textContent = "The check could not be made just now. The steps on the receipt work without it.";
  }
  button.disabled = false;
});
