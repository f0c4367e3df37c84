// What both examples share: a connection under the given credentials, requests that are asked until answered, a queue.
import { readFileSync } from "node:fs";
import { connect } from "@nats-io/transport-node";
import { jetstream } from "@nats-io/jetstream";

export const given = JSON.parse(readFileSync(process.argv[2], "utf8"));

export async function open() {
  const nc = await connect({
    servers: given.servers,
    user: given.user,
    pass: given.password,
    inboxPrefix: given.inbox_prefix, // your own; nobody else may listen there, and you nowhere else
    maxReconnectAttempts: -1,
  });
  // A missing right shows only here; the call itself just times out.
  (async () => {
    for await (const s of nc.status()) if (s.type === "error") console.error("server:", s.error.message);
  })();
  return nc;
}

/** Ask until there is an answer: the same id is the same message or command, for ever. */
export async function ask(nc, subject, body) {
  for (;;) {
    try {
      return (await nc.request(subject, JSON.stringify(body), { timeout: 5000 })).json();
    } catch (error) {
      console.error("again:", error.message);
      await new Promise((later) => setTimeout(later, 500));
    }
  }
}

/** Outside accounts may not look a consumer up, only pull from their own: so it is named, not fetched. */
export async function* queue(nc, stream, consumer) {
  const bound = jetstream(nc, { timeout: 5000 }).consumers.getConsumerFromInfo({
    stream_name: stream,
    name: consumer,
    config: { durable_name: consumer, ack_policy: "explicit" },
  });
  for (;;) {
    for await (const message of await bound.fetch({ max_messages: 10, expires: 5000 })) yield message;
  }
}

export async function upload(file) {
  const answer = await fetch(given.media_url, {
    method: "POST",
    body: readFileSync(file),
    headers: { authorization: `Bearer ${given.media_token}`, "content-type": "image/jpeg" },
  });
  if (!answer.ok) throw new Error(`media: ${answer.status} ${await answer.text()}`);
  return (await answer.json()).reference;
}
