// Exit code 1 and the findings, if AsyncAPI's parser finds an error in the document that is named.
import { readFileSync } from "node:fs";
import parser from "@asyncapi/parser";

const { document, diagnostics } = await new parser.Parser().parse(readFileSync(process.argv[2], "utf8"));
const wrong = diagnostics.filter((one) => one.severity === 0);
for (const one of wrong) console.log(`${one.path.join(".")}: ${one.message}`);
process.exit(wrong.length || !document ? 1 : 0);
