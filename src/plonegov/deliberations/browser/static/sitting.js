// Keys of a sitting's agenda. They work only while the focus is in the table (WCAG 2.1.4);
// without this file every row is reached by Tab.
const table = document.querySelector(".pg-sit-table");
const rows = table ? [...table.querySelectorAll(".pg-sit-row")] : [];
const BUTTONS = { c: "call:", a: "adopt:" };

function here() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function go(by) {
  const there = Math.min(Math.max(here() + by, 0), rows.length - 1);
  rows[there].querySelector("a").focus();
  rows[there].scrollIntoView({ block: "nearest" });
}

function act(row, key) {
  if (key === "j") go(1);
  else if (key === "k") go(-1);
  else if (key === "x") row.querySelector("[type='checkbox']")?.click();
  else if (key === "v") row.querySelector("th a").click();
  else if (key in BUTTONS) row.querySelector(`button[value^='${BUTTONS[key]}']`)?.click();
  else return false;
  return true;
}

if (rows.length) {
  document.querySelector(".pg-sit-keys")?.removeAttribute("hidden");
  table.addEventListener("keydown", (event) => {
    const row = rows[here()];
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    if (act(row, event.key)) event.preventDefault();
  });
}
