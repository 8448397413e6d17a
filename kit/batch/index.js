"use strict";

const tools = document.querySelector(".tools");
const body = document.querySelector("tbody");
const heads = [...document.querySelectorAll("thead th")];
const rows = body ? [...body.rows] : [];

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
// Without the names of others that a brief cannot be told apart from.
const own = (row) => row.textContent.replace(row.querySelector(".level")?.textContent ?? "", "");
const texts = new Map(rows.map((row) => [row, folded(own(row))]));
const first = new Map(rows.map((row, at) => [row, at]));
const VALUE = heads.findIndex((head) => head.classList.contains("value"));

// Of very many rows the first ones are shown: laying out all of them takes seconds.
const MOST = 100;
let most = MOST;

function show() {
  const words = folded(tools.querySelector("input").value).split(/\s+/);
  const asked = [...tools.querySelectorAll("select[name]")].filter((select) => select.value !== "");
  let found = 0;
  for (const row of rows) {
    const fits = words.every((word) => texts.get(row).includes(word))
      && asked.every((select) => `=${row.dataset[select.name]}` === select.value);
    found += fits ? 1 : 0;
    row.hidden = !fits || found > most;
  }
  const shown = Math.min(found, most);
  const left = found > shown ? `${found} found, the first ${shown}` : `${found} of ${rows.length}`;
  tools.querySelector("output").textContent = `${left} shown`;
  const more = tools.querySelector("button");
  more.hidden = found === shown;
  more.textContent = `Show all ${found}`;
}

// What is not known comes last, whichever way the rest is sorted; values of one currency stay together.
function sort(at, falling) {
  const keys = new Map(rows.map((row) => {
    const key = row.cells[at].dataset.sort;
    return [row, at === 0 || key === undefined ? key : Number(key)];
  }));
  rows.sort((one, other) => {
    const [a, b] = [keys.get(one), keys.get(other)];
    if (a === undefined || b === undefined) {
      return (a === undefined) - (b === undefined) || first.get(one) - first.get(other);
    }
    const apart = at === VALUE ? one.dataset.currency - other.dataset.currency : 0;
    const way = at === 0 ? a.localeCompare(b) : a - b;
    return apart || (falling ? -way : way) || first.get(one) - first.get(other);
  });
  body.replaceChildren(...rows);
  show();
  heads.forEach((head, column) => {
    head.ariaSort = column === at ? (falling ? "descending" : "ascending") : "none";
  });
  tools.querySelector(".order select").value = at;
}

function press(at) {
  const now = heads[at].ariaSort;
  const falls = "falls" in heads[at].dataset;
  sort(at, now === "ascending" || now === "descending" ? now === "ascending" : falls);
}

if (tools) {
  heads.forEach((head, at) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    button.addEventListener("click", () => press(at));
    head.append(button);
    head.ariaSort ??= "none";
  });
  const order = tools.querySelector(".order select");
  order.value = Math.max(0, heads.findIndex((head) => head.ariaSort !== "none"));
  order.addEventListener("change", () => sort(Number(order.value), "falls" in heads[order.value].dataset));
  tools.hidden = false;
  tools.addEventListener("input", () => {
    most = MOST;
    show();
  });
  const all = () => {
    most = Infinity;
    show();
  };
  tools.querySelector("button").addEventListener("click", all);
  window.addEventListener("beforeprint", all);
  show();
}
