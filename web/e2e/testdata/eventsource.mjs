// Watches the stream at the given address with the npm package eventsource, and
// prints every event as a line of JSON until its input ends.
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../static/test/package.json", import.meta.url));
const { EventSource } = require("eventsource");

const source = new EventSource(process.argv[2]);
for (const event of ["picture", "searching", "presence", "time", "reset", "bye"]) {
  source.addEventListener(event, (e) => {
    console.log(JSON.stringify({ event, id: e.lastEventId, data: JSON.parse(e.data) }));
  });
}
process.stdin.resume().on("end", () => process.exit(0));
