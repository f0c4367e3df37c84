// node adapter.js adapter.json "Sampah menumpuk di Gading Cempaka" [picture.jpg]
import { randomUUID } from "node:crypto";
import { ask, given, open, queue, upload } from "./door.js";

const PERSON = "ig-4712"; // the platform's own id of who wrote
const nc = await open();

(async () => {
  for await (const refusal of nc.subscribe(given.refusals_subject)) console.log("refused:", refusal.string());
})();

const media = process.argv[4] ? [{ reference: await upload(process.argv[4]) }] : [];
const message = {
  type: "message",
  version: 1,
  id: `comment-${randomUUID()}`,
  sender: { person: PERSON, name: "warga.contoh" },
  form: media.length ? "image" : "text",
  text: process.argv[3],
  media,
};
await ask(nc, given.subject, message); // answered by the broker once it is on disk
await ask(nc, given.subject, message); // repeats are harmless: the message's id tells

for await (const one of queue(nc, given.outbound_stream, given.outbound_consumer)) {
  const notice = one.json();
  if (notice.to === PERSON) console.log("send:", JSON.stringify(notice.text));
  const receipt = { type: "receipt", version: 1, id: `out-${notice.notice}`, notice: notice.notice, status: "delivered" };
  await ask(nc, given.subject, receipt);
  one.ack();
  if (notice.to === PERSON) break;
}
await nc.drain();
