// The desk: what was entered is kept in this browser, encrypted, until the server says that it is durable. Each entry has
// a key of its own, made here, so that sending it again changes nothing. Without script the form posts as any other.
const print = document.querySelector("[data-print]");
if (print) { print.hidden = false; print.focus(); print.addEventListener("click", () => window.print()); }
const entry = document.querySelector("form[data-desk]");
const list = document.querySelector("[data-queue]");
const letters = "abcdefghijklmnopqrstuvwxyz234567";
const freshKey = () => {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  bytes[25] &= 28; // 128 bits fill 25 letters and three bits more
  return [...bytes].map((byte) => letters[byte & 31]).join("");
};

// Storage: one key that cannot be taken out of the browser, and encrypted entries. Memory alone where that is not to be had.
const storage = (() => {
  const memory = new Map();
  const wait = (asked) => new Promise((done, failed) => { asked.onsuccess = () => done(asked.result); asked.onerror = () => failed(asked.error); });
  const opened = (async () => {
    if (!window.indexedDB || !crypto.subtle) return null;
    const asked = indexedDB.open("tuntas-meja", 1);
    asked.onupgradeneeded = () => { asked.result.createObjectStore("entries"); asked.result.createObjectStore("key"); };
    const database = await wait(asked);
    const store = (name, mode) => database.transaction(name, mode).objectStore(name);
    let key = await wait(store("key").get("key"));
    if (!key) {
      key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
      await wait(store("key", "readwrite").put(key, "key"));
    }
    return { store, key };
  })().catch(() => null);
  const pack = async (fields) => {
    const plain = [];
    for (const [name, value] of fields) plain.push(value instanceof File ? { name, file: value.name, type: value.type, bytes: [...new Uint8Array(await value.arrayBuffer())] } : { name, value });
    return new TextEncoder().encode(JSON.stringify(plain));
  };
  const unpack = (bytes) => JSON.parse(new TextDecoder().decode(bytes)).map((one) => [one.name, one.file === undefined ? one.value : new File([new Uint8Array(one.bytes)], one.file, { type: one.type })]);
  return {
    lasts: async () => Boolean(await opened),
    put: async (id, fields) => {
      memory.set(id, fields);
      const place = await opened;
      if (!place) return;
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, place.key, await pack(fields));
      await wait(place.store("entries", "readwrite").put({ iv, sealed }, id));
    },
    get: async (id) => {
      if (memory.has(id)) return memory.get(id);
      const place = await opened, found = place && await wait(place.store("entries").get(id));
      return found ? unpack(await crypto.subtle.decrypt({ name: "AES-GCM", iv: found.iv }, place.key, found.sealed)) : null;
    },
    drop: async (id) => {
      memory.delete(id);
      const place = await opened;
      if (place) await wait(place.store("entries", "readwrite").delete(id));
    },
    ids: async () => {
      const place = await opened;
      return place ? [...new Set([...await wait(place.store("entries").getAllKeys()), ...memory.keys()])] : [...memory.keys()];
    },
  };
})();

if (entry && list) {
  const action = entry.getAttribute("action"), scope = action + " ";
  const offline = document.querySelector("[data-offline]");
  const rows = new Map(), busy = new Set(), resting = new Set();
  const show = (id, state, more) => {
    list.hidden = false;
    let row = rows.get(id);
    if (!row) { row = document.createElement("li"); row.className = "row queue-row"; rows.set(id, row); list.prepend(row); }
    row.dataset.state = state;
    row.replaceChildren();
    const badge = document.createElement("span");
    badge.className = "badge badge-" + (state === "stored" ? "good" : state === "sending" ? "calm" : "wait");
    badge.textContent = list.dataset[state];
    row.append(badge);
    const link = (text, href) => { const a = document.createElement("a"); a.href = href; a.textContent = text; row.append(" ", a); return a; };
    if (more && more.ticket) { const b = document.createElement("b"); b.className = "code"; b.textContent = more.ticket; row.append(" ", b); }
    if (more && more.slip) { const a = link(list.dataset.slip, more.slip); a.target = "_blank"; a.rel = "noopener"; }
    if (state === "login") { const a = link(list.dataset.login.split(":")[1] || "", "/login?next=" + encodeURIComponent(action)); a.target = "_blank"; }
    if (state === "wrong") { const b = document.createElement("button"); b.type = "button"; b.className = "button-link"; b.textContent = list.dataset.fix; b.addEventListener("click", () => mend(id)); row.append(" ", b); }
    if (state === "waiting" && more && more.memory) row.append(" ", list.dataset.memory);
  };
  const refill = (fields) => {
    entry.reset();
    for (const [name, value] of fields) {
      if (value instanceof File || name === "csrf") continue;
      const found = entry.elements.namedItem(name);
      if (found) found.value = value;
    }
  };
  const mend = async (id) => {
    const fields = await storage.get(id);
    if (fields) refill(fields);
    await storage.drop(id);
    rows.get(id).remove(); rows.delete(id);
    entry.elements.namedItem("text").focus();
  };
  const ready = async () => {
    const answer = await fetch("/meja/siap.json", { headers: { accept: "application/json" }, redirect: "error" });
    if (!answer.ok) throw Object.assign(new Error("not ready"), { status: answer.status });
    return (await answer.json()).csrf;
  };
  const send = async (id) => {
    if (busy.has(id) || resting.has(id)) return;
    const fields = await storage.get(id);
    if (!fields) return;
    busy.add(id);
    const kept = { memory: !(await storage.lasts()) };
    show(id, "sending");
    try {
      const csrf = await ready(), body = new FormData();
      for (const [name, value] of fields) if (name !== "csrf") body.append(name, value);
      const answer = await fetch(action, { method: "POST", body, headers: { accept: "application/json", "x-csrf-token": csrf }, redirect: "error" });
      if (answer.status === 201 || answer.status === 202) {
        show(id, "stored", await answer.json());
        await storage.drop(id);
        if (offline) offline.hidden = true;
      } else if (answer.status === 422 || answer.status === 413) { resting.add(id); show(id, "wrong"); }
      else throw Object.assign(new Error("not stored"), { status: answer.status });
    } catch (error) {
      const out = error.status === 401 || error.status === 403;
      show(id, out ? "login" : "waiting", kept);
      if (offline && !out) offline.hidden = false;
    } finally { busy.delete(id); }
  };
  const all = async () => { for (const id of await storage.ids()) if (id.startsWith(scope)) await send(id); };
  entry.addEventListener("submit", async (event) => {
    if (event.submitter && event.submitter.type === "image") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const fields = [...new FormData(entry)].filter(([, value]) => !(value instanceof File) || value.size || value.name);
    const id = scope + entry.elements.namedItem("key").value;
    await storage.put(id, fields).catch(() => undefined);
    entry.reset();
    for (const kept of entry.querySelectorAll("[name=files_kept]")) kept.remove();
    for (const name of ["latitude", "longitude"]) entry.elements.namedItem(name).value = "";
    entry.elements.namedItem("key").value = freshKey();
    entry.elements.namedItem("text").focus();
    await send(id);
    const stored = rows.get(id), slip = stored && stored.dataset.state === "stored" && stored.querySelector("a");
    if (slip) slip.focus(); // Enter prints; Tab goes on
  }, true);
  entry.addEventListener("keydown", (event) => { if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) entry.requestSubmit(); });
  addEventListener("online", all);
  addEventListener("offline", () => { if (offline) offline.hidden = false; });
  setInterval(all, 5000);
  addEventListener("beforeunload", async (event) => { if (rows.size && !(await storage.lasts()) && [...rows.values()].some((row) => row.dataset.state !== "stored")) event.preventDefault(); });
  entry.elements.namedItem("text").focus();
  all();
}
