// node agency.js agency.json after.jpg
import { randomUUID } from "node:crypto";
import { ask, given, open, queue, upload } from "./door.js";

const nc = await open();

async function command(complaint, action) {
  const body = { version: 1, id: randomUUID(), complaint, officer: "petugas-7", action };
  for (;;) {
    const reply = await ask(nc, given.command_subject, body);
    if (!["unavailable", "too_many"].includes(reply.refusal?.code)) return reply;
    await new Promise((later) => setTimeout(later, 1000));
  }
}

const held = new Map(); // complaint → n: an older or equal n says nothing new
for await (const message of queue(nc, given.stream, given.consumer)) {
  const task = message.json();
  const news = task.n > (held.get(task.complaint) ?? 0);
  if (news) held.set(task.complaint, task.n);
  message.ack(); // "I have it here", not "I accept it"
  if (!news || task.state !== "open" || task.role !== "lead") continue;

  console.log("task:", task.ticket, task.brief.summary);
  const tomorrow = new Date(Date.now() + 86_400_000).toISOString();
  console.log("accept:", JSON.stringify(await command(task.complaint, { do: "accept", finish_by: tomorrow })));
  const wrong = { do: "resolve", closure: "adopted", text: "Sudah." };
  console.log("wrong:", JSON.stringify(await command(task.complaint, wrong)));
  const evidence = [await upload(process.argv[3])];
  const done = { do: "resolve", closure: "fixed", text: "Sampah sudah diangkut.", evidence };
  console.log("resolve:", JSON.stringify(await command(task.complaint, done)));
  break;
}
await nc.drain();
