// A real Bluesky server (PDS) with its directory of identities (PLC) in memory, on loopback, in a folder of its own.
//
//   node setup/bluesky-server.mjs      prints one line of JSON, {"url", "plc"}, when ready; ends when standard input closes
//
// Accounts are made by com.atproto.server.createAccount, without an invitation, under handles that end in `.test`.
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Read by the server's loggers when they are loaded, hence the imports below it.
process.env.LOG_ENABLED = process.env.PDS_LOG ? "true" : "false";

const { PDS, envToCfg, envToSecrets } = await import("@atproto/pds");
const { MockDatabase, PlcServer } = await import("@did-plc/server");

const HOST = "127.0.0.1";

/** A port nobody listens on now. The server writes its own address into identities, so it must know it beforehand. */
async function freePort() {
  const probe = createServer().listen(0, HOST);
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

/** Both servers would listen on every interface. */
function keepToLoopback(server) {
  const listen = server.app.listen.bind(server.app);
  server.app.listen = (port) => listen(port, HOST);
}

const folder = await mkdtemp(join(tmpdir(), "fanfare-pds-"));

const plcServer = PlcServer.create({ db: new MockDatabase(), port: await freePort() });
keepToLoopback(plcServer);
const plc = `http://${HOST}:${(await plcServer.start()).address().port}`;

const port = await freePort();
const settings = {
  port,
  hostname: "localhost",
  devMode: true,
  dataDirectory: folder,
  blobstoreDiskLocation: join(folder, "blobs"),
  blobstoreDiskTmpLocation: join(folder, "uploads"),
  didPlcUrl: plc,
  serviceHandleDomains: [".test"],
  inviteRequired: false,
  rateLimitsEnabled: false,
  disableSsrfProtection: true,
  jwtSecret: randomBytes(16).toString("hex"),
  adminPassword: randomBytes(16).toString("hex"),
  plcRotationKeyK256PrivateKeyHex: randomBytes(32).toString("hex"),
};
const pds = await PDS.create(envToCfg(settings), envToSecrets(settings));
keepToLoopback(pds);
await pds.start();

async function end() {
  await pds.destroy();
  await plcServer.destroy();
  await rm(folder, { recursive: true, force: true });
  process.exit(0);
}
process.stdin.on("end", end).on("close", end).resume();
process.on("SIGTERM", end);

console.log(JSON.stringify({ url: `http://${HOST}:${port}`, plc }));
