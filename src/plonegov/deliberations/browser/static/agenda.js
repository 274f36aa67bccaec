// Dragging rows of an agenda, and the focus after a move. Without this file each row has
// its number, its arrows and "Move".
const AGAIN = "plonegov-agenda-again";
const agenda = document.getElementById("agenda");
const rows = [...agenda.querySelectorAll(".pg-agenda-row")];
const moved = () => document.getElementById(decodeURIComponent(location.hash.slice(1)));

// --- After a move ------------------------------------------------------------------------

// The row that was moved takes the focus, at the arrow that was pressed if it is still there.
function goBack() {
  const row = moved();
  if (!row?.classList.contains("pg-agenda-row")) return;
  const step = sessionStorage.getItem(AGAIN);
  sessionStorage.removeItem(AGAIN);
  const button =
    step && (row.querySelector(`[data-step="${step}"]`) ?? row.querySelector("[data-step]"));
  (button || row).focus();
  row.scrollIntoView({ block: "center" });
}

agenda.addEventListener("click", (event) => {
  const step = event.target.closest("[data-step]")?.dataset.step;
  if (step) sessionStorage.setItem(AGAIN, step);
});
// The browser itself goes to the row when all is loaded, so that it comes first.
window.addEventListener("load", () => setTimeout(goBack));

// --- Dragging ------------------------------------------------------------------------------

// Between which rows a point lies: the row before which one would let go, or none at the end.
function rowAt(y) {
  return rows.find((row) => {
    const box = row.getBoundingClientRect();
    return y < box.top + box.height / 2;
  });
}

function show(before) {
  for (const row of rows) row.classList.remove("pg-agenda-before", "pg-agenda-after");
  if (before) before.classList.add("pg-agenda-before");
  else rows.at(-1).classList.add("pg-agenda-after");
}

function placeOf(row, before) {
  const from = Number(row.dataset.place);
  const to = before ? Number(before.dataset.place) : Number(rows.at(-1).dataset.place) + 1;
  return to > from ? to - 1 : to;
}

function send(row, to) {
  const form = row.querySelector(".pg-agenda-tools form");
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "to";
  field.value = to;
  form.append(field);
  form.submit();
}

// Near the edge of the window the page goes on by itself while a row is dragged.
function scroll(y) {
  const edge = 80;
  if (y < edge) window.scrollBy(0, -16);
  else if (y > window.innerHeight - edge) window.scrollBy(0, 16);
}

function drag(event) {
  if (event.button !== 0) return;
  event.preventDefault();
  const handle = event.currentTarget;
  const row = handle.closest(".pg-agenda-row");
  let y = event.clientY;
  let before = null;
  let over = false;
  handle.setPointerCapture(event.pointerId);
  row.classList.add("pg-agenda-dragged");
  const timer = setInterval(() => over && scroll(y), 20);
  const move = (now) => {
    y = now.clientY;
    over = true;
    before = rowAt(y);
    show(before);
  };
  // One end only: who presses Escape and then lets go has moved nothing.
  const ends = new AbortController();
  const end = (now) => {
    clearInterval(timer);
    ends.abort();
    row.classList.remove("pg-agenda-dragged");
    for (const one of rows) one.classList.remove("pg-agenda-before", "pg-agenda-after");
    if (now?.type !== "pointerup" || !over) return;
    const to = placeOf(row, before);
    if (to !== Number(row.dataset.place)) send(row, to);
  };
  const cancel = (key) => {
    if (key.key === "Escape") end();
  };
  const until = { signal: ends.signal };
  handle.addEventListener("pointermove", move, until);
  handle.addEventListener("pointerup", end, until);
  handle.addEventListener("pointercancel", end, until);
  document.addEventListener("keydown", cancel, until);
}

for (const row of rows) {
  if (rows.length < 2 || !row.querySelector(".pg-agenda-tools")) continue;
  const handle = document.createElement("span");
  handle.className = "pg-agenda-handle";
  handle.setAttribute("aria-hidden", "true");
  handle.addEventListener("pointerdown", drag);
  row.prepend(handle);
}
agenda.classList.toggle("pg-agenda-draggable", Boolean(agenda.querySelector(".pg-agenda-handle")));
