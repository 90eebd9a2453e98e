// What a browser loads for a page: `node setup/page_weight.mjs ADDRESS COOKIE`, the cookie's value in SESSION_TOKEN. Prints JSON:
// `bytes` on the wire (headers included), `requests`, `brotli` (answers encoded so), `failed` addresses, `hydrated`, `largest`.
// For `make bench`, which runs it with plain node; so it is no TypeScript.
import { withSession } from "./browser_with_session.mjs";

const [address, cookie] = process.argv.slice(2);

/** Nothing on the wire for this long, in milliseconds, and the page is complete. */
const QUIET = 1_000;
const WITHIN = 40_000;

await withSession(address, cookie, async (context) => {
  const page = await context.newPage();
  const faults = [];
  page.on("pageerror", (error) => faults.push(String(error)));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));

  const wire = await context.newCDPSession(page);
  await wire.send("Network.enable");
  const loads = new Map();
  let open = 0;
  let lastChange = Date.now();
  wire.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (!request.url.startsWith("http")) return;
    // A redirect goes on under the same id and is a request of its own.
    const id = loads.has(requestId) ? `${requestId} redirected to ${request.url}` : requestId;
    if (id === requestId) open += 1;
    loads.set(id, { url: request.url, bytes: 0, status: 0, encoding: "" });
    lastChange = Date.now();
  });
  wire.on("Network.responseReceived", ({ requestId, response }) => {
    const load = loads.get(requestId);
    if (!load) return;
    load.status = response.status;
    const name = Object.keys(response.headers).find((key) => key.toLowerCase() === "content-encoding");
    load.encoding = name ? response.headers[name] : "";
    // A stream never ends; what it has sent so far counts for little.
    if (response.mimeType === "text/event-stream") open -= 1;
  });
  const ended = ({ requestId, encodedDataLength = 0 }) => {
    const load = loads.get(requestId);
    if (!load) return;
    load.bytes = encodedDataLength;
    open -= 1;
    lastChange = Date.now();
  };
  wire.on("Network.loadingFinished", ended);
  wire.on("Network.loadingFailed", ended);

  const answer = await page.goto(address, { waitUntil: "load", timeout: WITHIN });
  if (new URL(page.url()).pathname !== "/") faults.push(`the page led to ${page.url()}: the session is not known`);
  for (const end = Date.now() + WITHIN; open > 0 || Date.now() - lastChange < QUIET; ) {
    if (Date.now() > end) throw new Error("the page never came to rest");
    await new Promise((next) => setTimeout(next, 50));
  }
  const all = [...loads.values()];
  const alive = await page.locator("html[data-hydrated]").count();
  const hydrated = answer?.status() === 200 && alive === 1 && faults.length === 0;
  for (const fault of faults) console.error(`in the browser: ${fault}`);
  const result = {
    bytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
    requests: all.length,
    brotli: all.filter(({ encoding }) => encoding === "br").length,
    failed: all.filter(({ status }) => status < 200 || status >= 400).map(({ url, status }) => `${url} (${status})`),
    hydrated,
    largest: all.sort((a, b) => b.bytes - a.bytes).slice(0, 8),
  };
  console.log(JSON.stringify(result));
});
