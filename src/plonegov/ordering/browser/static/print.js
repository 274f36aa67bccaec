// The print button only shows where it works.
const button = document.getElementById("pg-print");
button.hidden = false;
button.addEventListener("click", () => window.print());
