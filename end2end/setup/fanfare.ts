import { createHash, randomBytes } from "node:crypto";
import { mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { PLAIN_HOST } from "./chromium.ts";
import { Postgres } from "./postgres.ts";
import { Program, freePort, root, run } from "./process.ts";
import { Sandbox } from "./sandbox.ts";

/** The program under test. */
const binary = resolve(root, process.env.FANFARE_BIN ?? "target/debug/fanfare");

/**
 * How an installation runs: `demo` as `make run` starts it, with a person already there and nothing else unless filled; `sqlite` as one server on the
 * embedded database beside a sandbox, with nobody yet; `postgres` as a larger one, with a web process and two workers.
 */
export type Engine = "demo" | "sqlite" | "postgres";

/** The person of a demo that is filled with nothing. */
export const DEMO = { name: "Demo", email: "demo@example.com", password: "demo password", workspace: "Corner Bakery" };

/** A running Fanfare with its sandbox, in a folder of its own. */
export class Fanfare {
  /** Fanfare's own address. */
  readonly url: string;
  /** The same server under a name that browsers don't take for this machine. */
  readonly plainUrl: string;
  /** The simulated platforms. */
  readonly sandbox: Sandbox;
  /** Every program that was started, in that order; those that a story stopped included. */
  readonly programs: Program[] = [];
  /** The server's database, when it isn't the embedded one. */
  postgres?: Postgres;
  private readonly env: Record<string, string>;

  private constructor(
    private readonly folder: string,
    port: number,
    private readonly sandboxPort: number,
    settings: Record<string, string>,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.plainUrl = `http://${PLAIN_HOST}:${port}`;
    this.sandbox = new Sandbox(`http://127.0.0.1:${sandboxPort}`);
    this.env = {
      FANFARE_SERVER__LISTEN: `127.0.0.1:${port}`,
      FANFARE_SERVER__BASE_URL: this.url,
      FANFARE_SERVER__EXTRA_BASE_URLS: this.plainUrl,
      FANFARE_DATA__DIR: folder,
      // The Bluesky server of the stories.
      FANFARE_OUTBOUND__ALLOW: "127.0.0.1,localhost",
      // The debug build's script and style have hashes in their names.
      LEPTOS_HASH_FILES: "true",
      ...settings,
    };
  }

  /**
   * `settings` are variables of the environment, such as FANFARE_PUBLISHING__TIMING_DIVISOR; `fill` is what a demo is filled
   * with.
   */
  static async start(engine: Engine, settings: Record<string, string> = {}, fill = "none"): Promise<Fanfare> {
    const folder = await mkdtemp(join(tmpdir(), "fanfare-end2end-"));
    const fanfare = new Fanfare(folder, await freePort(), await freePort(), settings);
    try {
      await (engine === "demo" ? fanfare.startDemo(fill) : fanfare.startProcesses(engine));
    } catch (error) {
      await fanfare.stop();
      throw error;
    }
    return fanfare;
  }

  /** Everything in one process. */
  private async startDemo(fill: string): Promise<void> {
    const demo = this.program("demo", [
      "demo",
      "--listen",
      new URL(this.url).host,
      "--sandbox-listen",
      `127.0.0.1:${this.sandboxPort}`,
      "--data",
      this.folder,
      "--fill",
      fill,
    ]);
    await demo.answers(`${this.url}/readyz`);
  }

  /** Stops a demo and starts it again on the same data, as an update does. */
  async restart(): Promise<void> {
    for (const program of this.programs) await program.stop();
    await this.startDemo("none");
  }

  /** The sandbox and the server as processes of their own. */
  private async startProcesses(engine: "sqlite" | "postgres"): Promise<void> {
    const sandbox = this.program("sandbox", [
      "sandbox",
      "--listen",
      `127.0.0.1:${this.sandboxPort}`,
      "--data",
      join(this.folder, "sandbox"),
    ]);
    await sandbox.answers(this.sandbox.url);
    Object.assign(this.env, this.sandbox.settings());
    if (engine === "postgres") {
      this.postgres = await Postgres.start();
      this.env.FANFARE_DATABASE__URL = this.postgres.url;
      this.env.FANFARE_SECRETS__MASTER_KEY = randomBytes(32).toString("hex");
    }
    await this.command("migrate");
    const web = this.program("web", ["serve", "--role", engine === "postgres" ? "web" : "all"]);
    if (engine === "postgres") await Promise.all([this.startWorker(), this.startWorker()]);
    await web.answers(`${this.url}/readyz`);
  }

  /** Starts one more worker beside those that run, and waits until it is heard of. */
  async startWorker(): Promise<Program> {
    const number = this.programs.filter(({ name }) => name.startsWith("worker")).length + 1;
    const worker = this.program(`worker ${number}`, ["serve", "--role", "worker"]);
    await worker.until("a heartbeat", async () => {
      // Its name holds its process's number.
      const heard = (await this.workers()).some((name) => name.includes(`-${worker.pid}-`));
      return heard ? true : undefined;
    });
    return worker;
  }

  /** The workers that were heard of lately, by the names that the ledger knows them by. */
  async workers(): Promise<string[]> {
    const beating = "SELECT name FROM worker WHERE heartbeat_at > now() - interval '15 seconds' ORDER BY name";
    const rows = await this.postgres?.query<{ name: string }>(beating);
    return (rows ?? []).map(({ name }) => name);
  }

  /** Runs a command of the same installation to its end, such as `user create`, and gives its output. */
  command(...args: string[]): Promise<string> {
    return run({ name: `fanfare ${args.join(" ")}`, command: binary, args, env: this.env });
  }

  /**
   * The files in the media store that were made for platforms, by their digests (SHA-256, hex): neither the uploads
   * nor what was made for Fanfare's own screens.
   */
  async renditions(): Promise<Map<string, string>> {
    const folder = join(this.folder, "media");
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile() && !/^(original|thumb|preview)/.test(entry.name));
    const named = files.map(async ({ parentPath, name }) => [sha256(await readFile(join(parentPath, name))), name] as const);
    return new Map(await Promise.all(named));
  }

  /** What all programs have written. */
  logs(): string {
    return this.programs.map(({ name, output }) => `== ${name}\n${output}`).join("\n");
  }

  async stop(): Promise<void> {
    // Workers first, so that none is left waiting for what it depends on.
    for (const program of [...this.programs].reverse()) await program.stop();
    await this.postgres?.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private program(name: string, args: string[]): Program {
    const program = new Program({ name, command: binary, args, env: this.env });
    this.programs.push(program);
    return program;
  }
}

export function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}
