// Shows, word by word, what a suggested wording would change, while it is typed.
const MOST = 400;

function differences(before, after) {
  const [old, fresh] = [before, after].map((text) => text.match(/\S+/g) ?? []);
  if (Math.max(old.length, fresh.length) > MOST) return [{ removed: old, added: fresh }];
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(fresh.length + 1));
  for (let i = old.length; i--;)
    for (let j = fresh.length; j--;)
      common[i][j] = old[i] === fresh[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  const parts = [{ removed: [], added: [] }];
  for (let i = 0, j = 0; i < old.length || j < fresh.length;) {
    const part = parts.at(-1);
    if (i < old.length && old[i] === fresh[j]) parts.push({ same: fresh[j++], removed: [], added: [] }), i++;
    else if (j === fresh.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) part.removed.push(old[i++]);
    else part.added.push(fresh[j++]);
  }
  return parts;
}

function marked(tag, spoken, words) {
  if (!words.length) return [];
  const element = document.createElement(tag);
  const hidden = Object.assign(document.createElement("span"), { className: "vh", textContent: ` ${spoken}: ` });
  element.append(hidden, words.join(" "));
  return [element, " "];
}

function show(textarea) {
  const panel = textarea.closest(".answer").querySelector("[data-diff]");
  const parts = differences(panel.dataset.before, textarea.value);
  panel.hidden = !parts.some(({ removed, added }) => removed.length || added.length);
  panel.lastElementChild.replaceChildren(
    ...parts.flatMap(({ same, removed, added }) => [
      same ? `${same} ` : "",
      ...marked("del", "removed", removed),
      ...marked("ins", "added", added),
    ]),
  );
}

const showAll = () => document.querySelectorAll("[name^=wording-]").forEach(show);
document.addEventListener("input", ({ target }) => { if (target.matches("[name^=wording-]")) show(target); });
document.addEventListener("review:shown", showAll);
showAll();
