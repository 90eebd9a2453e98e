import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Postgres } from "./postgres.ts";
import { Program, freePort, root, run } from "./process.ts";

/** The program under test. */
const binary = resolve(root, process.env.FANFARE_BIN ?? "target/debug/fanfare");

export type Engine = "sqlite" | "postgres";

/** A running Fanfare with its sandbox, in a folder of its own. */
export class Fanfare {
  /** Fanfare's own address. */
  readonly url: string;
  /** The address of the simulated platforms. */
  readonly sandboxUrl: string;
  /** Every program that was started, in that order; those that a story stopped included. */
  readonly programs: Program[] = [];
  /** The server's database, when it isn't the embedded one. */
  postgres?: Postgres;
  private env: Record<string, string> = {};

  private constructor(
    readonly folder: string,
    private readonly port: number,
    private readonly sandboxPort: number,
  ) {
    this.url = `http://127.0.0.1:${port}`;
    this.sandboxUrl = `http://127.0.0.1:${sandboxPort}`;
  }

  static async start(engine: Engine): Promise<Fanfare> {
    const folder = await mkdtemp(join(tmpdir(), "fanfare-end2end-"));
    const fanfare = new Fanfare(folder, await freePort(), await freePort());
    try {
      await (engine === "sqlite" ? fanfare.startDemo() : fanfare.startProcesses());
    } catch (error) {
      await fanfare.stop();
      throw error;
    }
    return fanfare;
  }

  /** Everything in one process, as `make run` starts it. */
  private async startDemo(): Promise<void> {
    const demo = this.program("demo", [
      "demo",
      "--listen",
      `127.0.0.1:${this.port}`,
      "--sandbox-listen",
      `127.0.0.1:${this.sandboxPort}`,
      "--data",
      this.folder,
    ]);
    await demo.answers(`${this.url}/readyz`);
  }

  /** As a larger installation runs: PostgreSQL, the sandbox, a web process and two workers. */
  private async startProcesses(): Promise<void> {
    this.postgres = await Postgres.start();
    const sandbox = this.program("sandbox", [
      "sandbox",
      "--listen",
      `127.0.0.1:${this.sandboxPort}`,
      "--data",
      join(this.folder, "sandbox"),
    ]);
    // The sandbox says how to point a server at it, line by line, when it is ready.
    await sandbox.line("the settings that point a server at it", /^FANFARE_PLATFORMS__\w+=.*\n(?!FANFARE_)[^]/m);
    const platforms = [...sandbox.output.matchAll(/^(FANFARE_\w+)=(.*)$/gm)].map(([, key, value]) => [key, value]);
    this.env = {
      ...(Object.fromEntries(platforms) as Record<string, string>),
      FANFARE_DATABASE__URL: this.postgres.url,
      FANFARE_SECRETS__MASTER_KEY: randomBytes(32).toString("base64"),
      FANFARE_SERVER__LISTEN: `127.0.0.1:${this.port}`,
      FANFARE_SERVER__BASE_URL: this.url,
      FANFARE_MEDIA__DIR: join(this.folder, "media"),
      FANFARE_OUTBOUND__ALLOW: "127.0.0.1,localhost",
    };
    await this.command("migrate");
    const web = this.program("web", ["serve", "--role", "web"]);
    this.startWorker();
    this.startWorker();
    await web.answers(`${this.url}/readyz`);
  }

  /** Starts one more worker beside those that run. Only for the engine `postgres`. */
  startWorker(): Program {
    const number = this.programs.filter(({ name }) => name.startsWith("worker")).length + 1;
    return this.program(`worker ${number}`, ["serve", "--role", "worker"]);
  }

  /** Runs a command of the same installation to its end, such as `user create`, and gives its output. */
  command(...args: string[]): Promise<string> {
    return run({ name: `fanfare ${args.join(" ")}`, command: binary, args, env: this.env });
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
