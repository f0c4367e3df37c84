// The public form: a tap on the map and the phone's own place without a round trip; what was typed is kept in this tab
// until the report is durable. Everything works without this.
const form = document.querySelector("form[data-report], form[data-desk]");
const done = document.querySelector("[data-forget]");
const stored = (city) => "lapor-" + city;
if (done) sessionStorage.removeItem(stored(done.dataset.forget));
if (form) {
  const field = (name) => form.elements.namedItem(name);
  const map = form.querySelector("input.map");
  const pinned = form.querySelector("[data-pin]");
  const unpin = form.querySelector("[data-unpin]");
  const here = form.querySelector("[data-here]");
  const set = (latitude, longitude) => {
    field("latitude").value = latitude; field("longitude").value = longitude;
    pinned.hidden = !latitude; unpin.hidden = !latitude;
    pinned.querySelector("[data-pin-ward]").textContent = "";
    if (map) map.src = map.dataset.src + (latitude ? "?lat=" + latitude + "&lon=" + longitude : "");
  };
  unpin.hidden = pinned.hidden;
  unpin.addEventListener("click", () => set("", ""));
  if (map) map.addEventListener("click", (event) => {
    if (!event.detail && !event.pointerType) return; // from the keyboard it is no place
    event.preventDefault();
    const box = map.getBoundingClientRect(), is = (name) => Number(map.dataset[name]);
    const x = event.clientX - box.left, y = event.clientY - box.top;
    set((is("north") - (y - is("edge")) / is("scale")).toFixed(6), (is("west") + (x - is("edge")) / is("scale") / is("shrink")).toFixed(6));
  });
  if (here && navigator.geolocation) {
    const label = here.textContent;
    here.hidden = false;
    here.addEventListener("click", () => {
      here.textContent = here.dataset.wait;
      navigator.geolocation.getCurrentPosition(
        (at) => { here.textContent = label; set(at.coords.latitude.toFixed(6), at.coords.longitude.toFixed(6)); },
        () => { here.textContent = here.dataset.failed; }, { timeout: 15000, enableHighAccuracy: true });
    });
  }
  if (form.dataset.saved) keepTyped();
  function keepTyped() {
  const kept = ["text", "ward", "place", "latitude", "longitude", "key"];
  try {
    const before = JSON.parse(sessionStorage.getItem(stored(form.dataset.saved)) || "null");
    if (before && !field("text").value) for (const name of kept) if (before[name] && (name === "key" || !field(name).value)) field(name).value = before[name];
    if (field("latitude").value) set(field("latitude").value, field("longitude").value);
  } catch { /* a browser without storage: the server keeps what was typed on its own page */ }
  const keep = () => {
    try { sessionStorage.setItem(stored(form.dataset.saved), JSON.stringify(Object.fromEntries(kept.map((name) => [name, field(name).value])))); } catch { /* likewise */ }
  };
  form.addEventListener("input", keep);
  form.addEventListener("submit", keep);
  }
  for (const late of document.querySelectorAll(".notice[role=alert]")) { late.tabIndex = -1; late.focus(); break; }
}
