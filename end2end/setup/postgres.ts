import { join } from "node:path";
import pg from "pg";
import { Program, root, run } from "./process.ts";

const script = join(root, ".ci/pg");

/** A PostgreSQL server of a story's own, with an empty database. */
export class Postgres {
  private constructor(
    private readonly holder: Program,
    private readonly folder: string,
    readonly url: string,
  ) {}

  static async start(): Promise<Postgres> {
    const holder = new Program({ name: "PostgreSQL", command: script, args: ["hold"] });
    const [, folder, url] = await holder.line("its address", /^(\/\S+) (postgres:\S+)\n/m);
    return new Postgres(holder, folder, url);
  }

  /** What a query finds: for what no page shows. */
  async query<Row extends object>(sql: string): Promise<Row[]> {
    const client = new pg.Client({ connectionString: this.url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  }

  /** Takes the server away, as a crash would, until `resume`. */
  async pause(): Promise<void> {
    await run({ name: "PostgreSQL's stop", command: script, args: ["stop", this.folder] });
  }

  async resume(): Promise<void> {
    await run({ name: "PostgreSQL's start", command: script, args: ["start", this.folder] });
  }

  async stop(): Promise<void> {
    await this.holder.release();
  }
}
