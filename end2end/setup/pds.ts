import { AtpAgent } from "@atproto/api";
import { Program } from "./process.ts";

export interface BlueskyAccount {
  did: string;
  handle: string;
  /** For the owner's own session. */
  password: string;
  /** What a person gives to Fanfare. */
  appPassword: string;
}

/** The real Bluesky server, on loopback. */
export class BlueskyServer {
  private constructor(
    private readonly program: Program,
    readonly url: string,
  ) {}

  static async start(): Promise<BlueskyServer> {
    const program = new Program({
      name: "the Bluesky server",
      command: process.execPath,
      args: ["end2end/setup/bluesky-server.mjs"],
    });
    const [line] = await program.line("its address", /^\{"url".*\}$/m);
    const { url } = JSON.parse(line) as { url: string };
    return new BlueskyServer(program, url);
  }

  /** A client without a session. */
  agent(): AtpAgent {
    return new AtpAgent({ service: this.url });
  }

  /** Makes the account `<name>.test` and an app password for it. */
  async createAccount(name: string): Promise<BlueskyAccount> {
    const agent = this.agent();
    const handle = `${name}.test`;
    const password = `password of ${name}`;
    await agent.createAccount({ handle, email: `${name}@example.com`, password });
    const { data } = await agent.com.atproto.server.createAppPassword({ name: "Fanfare" });
    return { did: agent.assertDid, handle, password, appPassword: data.password };
  }

  /** All posts of an account, as anyone can read them, newest first. */
  async posts(account: BlueskyAccount) {
    const { data } = await this.agent().com.atproto.repo.listRecords({
      repo: account.did,
      collection: "app.bsky.feed.post",
      limit: 100,
    });
    return data.records;
  }

  /** When an account last changed anything, in milliseconds since 1970 by the server's clock. */
  async changedAt(account: BlueskyAccount): Promise<number> {
    const { data } = await this.agent().com.atproto.sync.getLatestCommit({ did: account.did });
    return timeOf(data.rev);
  }

  /** The bytes of an image or video, as the server keeps them. */
  async blob(account: BlueskyAccount, cid: string): Promise<Uint8Array> {
    const { data } = await this.agent().com.atproto.sync.getBlob({ did: account.did, cid });
    return data;
  }

  async stop(): Promise<void> {
    await this.program.release();
  }
}

/** The time in a TID (https://atproto.com/specs/tid): microseconds before the ten bits of a clock's number. */
function timeOf(tid: string): number {
  const digits = "234567abcdefghijklmnopqrstuvwxyz";
  const value = [...tid].reduce((sum, digit) => sum * 32n + BigInt(digits.indexOf(digit)), 0n);
  return Number(value >> 10n) / 1000;
}
