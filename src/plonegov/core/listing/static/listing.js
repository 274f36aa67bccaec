// Keys of a listing, and its selection. Without this file every row is reached by Tab and
// the buttons for selected rows stand below the table.
const STEPS = { j: 1, k: -1 };
const KEYS_OFF = "plonegov-keys-off";

const region = document.querySelector(".pg-listing-region");
const rows = region ? [...region.querySelectorAll("tbody tr")] : [];
const linkOf = (row) => row.querySelector(".pg-listing-first a");
const boxOf = (row) => row.querySelector("[name='selected']");

// --- Selection ---------------------------------------------------------------------------

const bar = document.querySelector(".pg-listing-bulk");
const all = document.querySelector(".pg-listing-all");

function showSelection() {
  const number = rows.filter((row) => boxOf(row).checked).length;
  const box = all.querySelector("input");
  bar.hidden = number === 0;
  bar.querySelector(".pg-listing-number").textContent = number ? `(${number})` : "";
  box.checked = number === rows.length;
  box.indeterminate = number > 0 && number < rows.length;
}

if (bar) {
  all.querySelector("a").hidden = true;
  all.querySelector("label").hidden = false;
  all.querySelector("input").addEventListener("change", (event) => {
    for (const row of rows) boxOf(row).checked = event.target.checked;
    showSelection();
  });
  region.addEventListener("change", showSelection);
  window.addEventListener("pageshow", showSelection);
  showSelection();
}

// --- Keys --------------------------------------------------------------------------------

const list = document.getElementById("listing-keys-list");

function here() {
  return rows.findIndex((row) => row.contains(document.activeElement));
}

function step(by) {
  const now = here();
  const there = now < 0 ? (by > 0 ? 0 : rows.length - 1) : now + by;
  linkOf(rows[Math.min(Math.max(there, 0), rows.length - 1)]).focus();
}

function select() {
  const row = rows[here()];
  if (!row || !bar) return false;
  boxOf(row).checked = !boxOf(row).checked;
  showSelection();
  return true;
}

function search() {
  const field = document.querySelector(".pg-listing-filters [type='search']");
  field?.focus();
  return Boolean(field);
}

function act(key) {
  if (key in STEPS) step(STEPS[key]);
  else if (key === "x") return select();
  else if (key === "/") return search();
  else if (key === "?") list.showModal();
  else return false;
  return true;
}

// Who types is not interrupted; who speaks to the machine can turn the keys off outside
// the table (WCAG 2.1.4).
function meant(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || list.open) return false;
  if (region.contains(event.target)) return true;
  const typing = "select, textarea, input:not([type='checkbox']), [contenteditable]";
  return !localStorage.getItem(KEYS_OFF) && !event.target.closest?.(typing);
}

if (region) {
  document.addEventListener("keydown", (event) => {
    if (meant(event) && act(event.key.toLowerCase())) event.preventDefault();
  });
  const on = document.getElementById("listing-keys-on");
  on.checked = !localStorage.getItem(KEYS_OFF);
  on.addEventListener("change", () => {
    if (on.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });
  document
    .getElementById("listing-keys-open")
    .addEventListener("click", () => list.showModal());
  document
    .getElementById("listing-keys-close")
    .addEventListener("click", () => list.close());
  document.querySelector(".pg-listing-keys").hidden = false;
}
