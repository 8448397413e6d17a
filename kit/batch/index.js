"use strict";

const tools = document.querySelector(".tools");
const rows = [...document.querySelectorAll("tbody tr")];

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const texts = rows.map((row) => folded(row.textContent));

function show() {
  const words = folded(tools.querySelector("input").value).split(/\s+/);
  const status = tools.querySelector("select").value;
  let shown = 0;
  rows.forEach((row, at) => {
    const found = words.every((word) => texts[at].includes(word));
    row.hidden = !(found && (status === "" || row.dataset.status === status));
    shown += row.hidden ? 0 : 1;
  });
  tools.querySelector("output").textContent = `${shown} of ${rows.length} shown`;
}

if (tools) {
  tools.hidden = false;
  tools.addEventListener("input", show);
  show();
}
