import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { resolve } from "node:path";

/** The project's folder. */
export const root = resolve(fileURLToPath(new URL("../..", import.meta.url)));

/** How long a program may take until it is ready, in milliseconds. */
const READY_WITHIN = 180_000;
/** How long it may take to end after being asked, before it is killed. */
const END_WITHIN = 15_000;

export interface Start {
  name: string;
  command: string;
  args: string[];
  env?: Record<string, string>;
}

/** A program that a story runs beside the browser, with all it has written. */
export class Program {
  /** Standard output and standard error, in the order they came. */
  output = "";
  readonly name: string;
  private readonly child: ChildProcess;
  private readonly ended: Promise<unknown>;

  constructor({ name, command, args, env }: Start) {
    this.name = name;
    this.child = spawn(command, args, { cwd: root, env: { ...process.env, ...env }, stdio: "pipe" });
    this.ended = new Promise((done) => this.child.once("close", done).once("error", (error) => done((this.output += error))));
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => (this.output += text));
    }
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  get running(): boolean {
    return this.child.pid !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  /** Waits until `probe` gives something other than undefined, or fails with what the program wrote. */
  async until<T>(what: string, probe: () => Promise<T | undefined> | T | undefined): Promise<T> {
    for (const end = Date.now() + READY_WITHIN; Date.now() < end; ) {
      const found = await probe();
      if (found !== undefined) return found;
      if (!this.running) break;
      await new Promise((next) => setTimeout(next, 50));
    }
    const state = this.running ? "is still running" : "has ended";
    throw new Error(`${this.name} ${state} without ${what}. It wrote:\n${this.output}`);
  }

  /** Waits for the first whole line on standard output or standard error that `pattern` finds. */
  line(what: string, pattern: RegExp): Promise<RegExpMatchArray> {
    return this.until(what, () => this.output.match(pattern) ?? undefined);
  }

  /** Waits until `url` answers 200. */
  async answers(url: string): Promise<void> {
    await this.until(`answering ${url}`, async () => {
      const answer = await fetch(url).catch(() => undefined);
      return answer?.ok ? true : undefined;
    });
  }

  /** Ends it as Ctrl-C in a terminal would, and by force if that takes too long. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.child.stdin?.end();
    this.child.kill("SIGTERM");
    const force = setTimeout(() => this.child.kill("SIGKILL"), END_WITHIN);
    await this.ended;
    clearTimeout(force);
  }

  /** Closes its standard input, which is how the helpers that hold a server are told to clean up and end. */
  async release(): Promise<void> {
    this.child.stdin?.end();
    await this.ended;
  }

  /** Ends it as a power cut would. */
  async crash(): Promise<void> {
    this.child.kill("SIGKILL");
    await this.ended;
  }
}

/** Runs a command to its end and gives what it wrote; fails when it fails. */
export async function run(start: Start): Promise<string> {
  const program = spawn(start.command, start.args, { cwd: root, env: { ...process.env, ...start.env } });
  let output = "";
  for (const stream of [program.stdout, program.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  }
  const [code] = (await once(program, "close")) as [number | null];
  if (code !== 0) throw new Error(`${start.name} ended with ${code}:\n${output}`);
  return output;
}

/** A loopback port nobody listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, "close");
  return port;
}
