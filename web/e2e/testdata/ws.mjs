// Speaks with the WebSocket at the given address by the npm package ws: prints
// every message, and sends every line of its input. It comes back with its last
// id when the connection ends.
import { createRequire } from "node:module";
import { createInterface } from "node:readline";

const require = createRequire(new URL("../../../static/test/package.json", import.meta.url));
const WebSocket = require("ws");

let socket;
let last = "";
function connect() {
  const url = new URL(process.argv[2]);
  if (last) url.searchParams.set("lastEventId", last);
  socket = new WebSocket(url);
  socket.on("message", (data, binary) => {
    if (binary) throw new Error("a binary message");
    const message = JSON.parse(data);
    if (message.id) last = message.id;
    console.log(JSON.stringify(message));
  });
  socket.on("error", () => {}); // close follows
  socket.on("close", () => setTimeout(connect, 100));
}
connect();
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => socket.send(line));
lines.on("close", () => process.exit(0));
