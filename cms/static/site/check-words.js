// Compares the words that stand on the page with the receipt of its signatures. What is compared: decision 12.
// The rules for reading words off a page are those of pages/printed.py: change both.
const SKIPPED = new Set(["script", "style", "svg", "sup", "template"]);
const INLINE = new Set(["a", "abbr", "b", "em", "i", "q", "small", "span", "strong", "time"]);

const fold = (text) => text.normalize("NFC").replace(/\s+/g, " ").trim();
const wordsOf = (nodes) => fold(nodes.map(textOf).join(""));

function textOf(node) {
  if (node.nodeType === Node.TEXT_NODE) return node.data;
  const name = node.localName;
  if (!name || SKIPPED.has(name)) return "";
  if (name === "img") return ` Described as: ${node.alt}. `;
  const text = [...node.childNodes].map(textOf).join("");
  return INLINE.has(name) ? text : ` ${text} `;
}

// RFC 8785, for what a statement is made of: text, whole numbers, null, lists and objects.
function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical)}]`;
  if (!value || typeof value !== "object") return JSON.stringify(value);
  return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`)}}`;
}

export async function digest(value) {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(value)));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// A marked element and what follows it, up to the next mark or a section of the page's own.
function passage(first) {
  const found = [first];
  for (let next = first.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.dataset.words || next.localName === "section") break;
    found.push(next);
  }
  return found;
}

export async function compare(main, record) {
  const copy = main.cloneNode(true);
  for (const own of copy.querySelectorAll("[data-check]")) own.remove();
  const marked = [...copy.querySelectorAll("[data-words]")];
  const hidden = [...main.querySelectorAll("[data-words]")].some((shown) => shown.checkVisibility?.() === false);
  const passages = marked.map(passage);
  const shown = passages.map((found, at) => ({ marks: marked[at].dataset.words, words: wordsOf(found) }));
  passages.flat().forEach((element) => element.remove());
  shown.push({ marks: "", words: wordsOf([copy]) });
  const printed = record.printed.passages.map(({ statements, words }) => ({ marks: statements.join(" "), words }));
  printed.push({ marks: "", words: record.printed.around });
  const found = await letterForLetter(shown, record);
  return { ...found, signed: record.digests.length, hidden, whole: await isWhole(record), differences: differences(shown, printed) };
}

// The receipt in itself: each digest is that of its words, and the page digest that of them all.
async function isWhole({ content, digests, page_digest }) {
  const own = await Promise.all(content.statements.map(digest));
  const page = await digest({ format: 1, fields: content.fields, statements: own });
  return page === page_digest && canonical(own) === canonical(digests);
}

function differences(shown, printed) {
  const passages = Math.max(shown.length, printed.length);
  return Array.from({ length: passages }, (_, at) => [shown[at], printed[at]])
    .filter(([here, there]) => here?.marks !== there?.marks || here?.words !== there?.words)
    .map(([here, there]) => [here?.words ?? "", there?.words ?? ""]);
}

// How many statements stand on the page exactly as signed: the digest is worked out from the words that stand here.
async function letterForLetter(shown, record) {
  let exact = 0, otherwise = 0;
  for (const { marks, words } of shown) {
    for (const mark of marks.split(" ").filter(Boolean)) {
      const at = record.digests.findIndex((signed) => signed.startsWith(mark));
      const statement = record.content.statements[at];
      const text = statement && standing(statement.text, words);
      if (text && (await digest({ ...statement, text })) === record.digests[at]) exact += 1;
      else otherwise += 1;
    }
  }
  return { exact, otherwise };
}

// The words of a statement as they stand in a passage, paragraph by paragraph; empty if they do not.
function standing(text, words) {
  let from = 0;
  const parts = text.split("\n\n").map((part) => {
    const at = words.indexOf(part, from);
    from = at + part.length;
    return at < 0 ? null : words.slice(at, from);
  });
  return parts.includes(null) ? "" : parts.join("\n\n");
}

export async function report(main, address) {
  if (!globalThis.crypto?.subtle) return [line("p", "Your browser can only check pages that come over https.")];
  const response = await fetch(address, { cache: "no-store" });
  if (response.status === 410) return [line("p", "This page is not public any more. Please load it again.")];
  const found = await compare(main, await response.json());
  const fits = found.whole && !found.hidden && !found.differences.length;
  return [line("h3", fits ? "The words match" : "Something does not match"), ...(fits ? good(found) : bad(found))];
}

const are = (count) => (count === 1 ? "is" : "are");
const line = (name, text) => Object.assign(document.createElement(name), { textContent: text });

function good({ signed, exact, otherwise }) {
  const unseen = signed - exact - otherwise;
  const laidOut = otherwise ? ` ${otherwise} ${are(otherwise)} laid out as tables, lists or labels, in the words that the receipt has for them.` : "";
  const notPrinted = unseen ? ` ${unseen} ${are(unseen)} for search engines and not among the words here.` : "";
  return [
    line("p", `${signed} statements of this page are signed. ${exact} stand here letter for letter.${laidOut}${notPrinted} Nothing was added to the page, and nothing is missing.`),
    line("p", "Your browser worked this out itself. It shows that nobody changed the words on their way to you. Whether our own system is honest, it cannot show: the steps on the receipt go further."),
  ];
}

function bad({ whole, hidden, differences }) {
  const list = document.createElement("ul");
  if (!whole) list.append(line("li", "The receipt does not fit itself."));
  if (hidden) list.append(line("li", "A passage of this page is hidden."));
  for (const [here, there] of differences.slice(0, 5)) {
    const [ours, signed] = apart(here, there);
    list.append(line("li", `Here stands “${ours}”. The receipt has “${signed}”.`));
  }
  return [
    list,
    line("p", "Load the page again: it may have been open while we published new words. If this stays, an extension of your browser or your network may change pages. Call us before you rely on these words."),
  ];
}

// The stretch in which two texts differ, with some words around it.
function apart(one, other) {
  let start = 0, end = 0;
  while (start < one.length && one[start] === other[start]) start += 1;
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1;
  return [one, other].map((text) => text.slice(Math.max(0, start - 30), Math.min(text.length - end + 20, start + 160)));
}
