// Searches in the index of this site, in the browser: nothing of what is typed leaves it.
"use strict";
(() => {
  const script = document.currentScript;
  const find = (id) => document.getElementById(id);
  const form = find("recherche"), field = find("q"), results = find("resultats"), list = find("liste");
  const said = find("combien"), everything = find("tout");
  const EMPTY = new Set(("a au aux avec ce ces cette combien comment d dans de des du elle en est et il j je l la le les leur "
    + "ma mes mon n ne nous on ou par pas pour qu que quel quelle quels quelles qui quoi s sa ses son sur un une vos votre "
    + "vous y engagement engagements").split(" "));
  let index = null, asked = null;

  const fold = (text) => text.toLowerCase().replace(/œ/g, "oe").normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const words = (text) => fold(text).match(/[a-z0-9]+/g) || [];
  const root = (word) => (word.length > 4 ? word.replace(/(es|s|x|e)$/, "") : word);

  function read() {
    asked = asked || fetch(script.dataset.index).then((answer) => answer.json()).then((data) => {
      const folder = script.dataset.index.replace(/[^/]*$/, "");
      index = data.rows.map(([id, title, status, word, others]) => ({
        title, status, word, url: folder + data.page.replace("*", id),
        first: words(title).concat(id), second: others.split(" ").concat(words(word)),
      }));
    });
    return asked;
  }

  function near(one, other) { // at most one letter added, lost, changed or swapped
    if (Math.abs(one.length - other.length) > 1) return false;
    let start = 0, end = 0;
    while (start < one.length && one[start] === other[start]) start += 1;
    while (end < one.length - start && end < other.length - start
      && one[one.length - 1 - end] === other[other.length - 1 - end]) end += 1;
    const left = one.slice(start, one.length - end), right = other.slice(start, other.length - end);
    return left.length <= 1 && right.length <= 1 || left.length === 2 && left === right[1] + right[0];
  }

  function weight(row, word) {
    const begins = (each) => each.startsWith(word) || each === root(word) || root(each) === root(word);
    if (row.first.some(begins)) return 4;
    if (row.second.some(begins)) return 2;
    const close = (each) => word.length > 4 && each.length > 4 && near(each, word);
    if (row.first.some(close)) return 1.5;
    return row.second.some(close) ? 1 : 0;
  }

  function search(text) {
    const all = words(text), wanted = all.filter((word) => !EMPTY.has(word));
    const sought = wanted.length ? wanted : all;
    const scored = index.map((row) => {
      const each = sought.map((word) => weight(row, word));
      return { row, hit: each.filter(Boolean).length, sum: each.reduce((sum, one) => sum + one, 0) };
    });
    const most = Math.max(...scored.map((one) => one.hit));
    return most ? scored.filter((one) => one.hit === most).sort((a, b) => b.sum - a.sum).map((one) => one.row) : [];
  }

  function show(text) {
    const empty = !words(text).length;
    if (everything) everything.hidden = !empty;
    results.hidden = empty;
    if (empty) return;
    const found = search(text);
    said.textContent = found.length === 0
      ? "Aucun engagement trouvé. Essayez un autre mot, ou parcourez la liste complète."
      : `${found.length} engagement${found.length > 1 ? "s" : ""} trouvé${found.length > 1 ? "s" : ""}`;
    list.replaceChildren(...found.map((row) => {
      const item = document.createElement("li"), link = document.createElement("a"), chip = document.createElement("span");
      link.href = row.url;
      link.textContent = row.title;
      chip.className = `chip ${row.status}`;
      chip.textContent = row.word;
      item.append(link, " ", chip);
      return item;
    }));
  }

  const go = () => read().then(() => show(field.value), () => {
    results.hidden = false;
    said.textContent = "La recherche n’a pas pu se charger. La liste complète reste disponible.";
    if (everything) everything.hidden = false;
  });
  find("sans").hidden = true;
  form.hidden = false;
  field.addEventListener("focus", () => read().catch(() => { asked = null; }), { once: true });
  field.addEventListener("input", go);
  form.addEventListener("submit", (event) => { event.preventDefault(); go(); });
  const wish = new URLSearchParams(location.search).get("q");
  if (wish) { field.value = wish; go(); }
})();
