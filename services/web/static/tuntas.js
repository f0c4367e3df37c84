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
// What says `data-refresh="3"` is fetched anew every three seconds, unless somebody is busy in it.
for (const part of document.querySelectorAll("[data-refresh]")) {
  setInterval(async () => {
    if (document.hidden || part.contains(document.activeElement) || part.querySelector("details[open] form")) return;
    try {
      const answer = await fetch(location.href, { headers: { accept: "text/html" }, redirect: "error" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(part.id);
      if (!fresh || fresh.innerHTML === part.innerHTML) return;
      const open = [...part.querySelectorAll("details[open][id]")].map((one) => one.id);
      part.replaceChildren(...fresh.childNodes);
      for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    } catch { /* the next one will do */ }
  }, 1000 * Number(part.dataset.refresh));
}
// The menu closes by Escape, by a tap beside it, and when the keyboard has walked out of it.
const menu = document.querySelector("details.menu");
document.addEventListener("click", (event) => { if (menu && !menu.contains(event.target)) menu.open = false; });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !menu?.open) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
menu?.addEventListener("focusout", (event) => { if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false; });
