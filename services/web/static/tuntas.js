// Times say the exact moment on tap; a form is sent once. Pages work without this.
document.addEventListener("click", (event) => {
  const time = event.target.closest("time[data-exact]");
  if (!time) return;
  const shown = time.textContent;
  time.textContent = time.dataset.exact;
  time.dataset.exact = shown;
});
document.addEventListener("submit", (event) => {
  if (event.target.dataset.sent) { event.preventDefault(); return; }
  event.target.dataset.sent = "yes";
  for (const button of event.target.querySelectorAll("button[type=submit]")) button.setAttribute("aria-busy", "true");
});
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});
