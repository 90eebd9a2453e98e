import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test as base } from "@playwright/test";
import { watchConsole } from "./console.ts";
import { Fanfare, type Engine } from "./fanfare.ts";
import { BlueskyServer } from "./pds.ts";
import { root } from "./process.ts";

export { expect } from "@playwright/test";

/** What a project or a file chooses by `use`. */
export interface Settings {
  engine: Engine;
}

interface PerStory {
  /** Console lines that a story means to provoke, such as those about an answer of 404. */
  expectedInConsole: RegExp | undefined;
}

interface PerWorker {
  fanfare: Fanfare;
  bluesky: BlueskyServer;
}

export const test = base.extend<PerStory, PerWorker & Settings>({
  engine: ["sqlite", { option: true, scope: "worker" }],

  fanfare: [
    async ({ engine }, use, worker) => {
      const fanfare = await Fanfare.start(engine);
      await use(fanfare);
      await fanfare.stop();
      const folder = join(root, "end2end/test-results/logs");
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, `fanfare-${engine}-${worker.workerIndex}.log`), fanfare.logs());
    },
    { scope: "worker", timeout: 120_000 },
  ],

  bluesky: [
    async ({}, use) => {
      const bluesky = await BlueskyServer.start();
      await use(bluesky);
      await bluesky.stop();
    },
    { scope: "worker", timeout: 120_000 },
  ],

  expectedInConsole: [undefined, { option: true }],

  // A story that uses a page fails when the browser has something to complain about.
  context: async ({ context, expectedInConsole }, use) => {
    const problems = watchConsole(context, expectedInConsole);
    await use(context);
    base.expect(problems, "the browser's console").toEqual([]);
  },
});
