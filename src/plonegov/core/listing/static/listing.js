// While the focus is in a listing's table, j and k move it from row to row; Enter opens
// the row as any link. The hint beside the table shows only where this works.
const STEPS = { j: 1, k: -1 };

for (const region of document.querySelectorAll(".pg-listing-region")) {
  const links = [...region.querySelectorAll("tbody .pg-listing-first a")];
  region.addEventListener("keydown", (event) => {
    const step = STEPS[event.key.toLowerCase()];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    const row = event.target.closest("tbody tr");
    const here = links.findIndex((link) => link.closest("tr") === row);
    const there = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
    links[Math.min(Math.max(there, 0), links.length - 1)].focus();
    event.preventDefault();
  });
}
for (const hint of document.querySelectorAll(".pg-listing-keys")) hint.hidden = false;
