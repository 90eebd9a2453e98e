import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test as base, type BrowserContext, type BrowserContextOptions, type Page } from "@playwright/test";
import { watchConsole } from "./console.ts";
import { Fanfare, type Engine } from "./fanfare.ts";
import { BlueskyServer } from "./pds.ts";
import { root } from "./process.ts";

export { expect } from "@playwright/test";

interface PerStory {
  /** Console lines that a story means to provoke, such as those about an answer of 404. */
  expectedInConsole: RegExp | undefined;
  /** Starts an installation of the story's own. */
  launch: (engine: Engine, settings?: Record<string, string>, fill?: string) => Promise<Fanfare>;
  /** Opens the browser of one more person; its console is watched as well. */
  visitor: (options?: BrowserContextOptions) => Promise<Page>;
}

interface PerWorker {
  /** As `make run` starts it, shared by the stories that leave no traces. */
  fanfare: Fanfare;
  bluesky: BlueskyServer;
}

export const test = base.extend<PerStory, PerWorker>({
  fanfare: [
    async ({}, use, worker) => {
      const fanfare = await Fanfare.start("demo");
      await use(fanfare);
      await fanfare.stop();
      await keepLog(fanfare, `shared-${worker.workerIndex}`);
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

  launch: async ({ context }, use, story) => {
    const running: Fanfare[] = [];
    await use(async (engine, settings, fill) => {
      const fanfare = await Fanfare.start(engine, settings, fill);
      running.push(fanfare);
      return fanfare;
    });
    // They would ask a server that has gone.
    for (const page of context.pages()) await page.close();
    for (const [number, fanfare] of running.entries()) {
      await fanfare.stop();
      await keepLog(fanfare, `${story.testId}-${number}`);
      if (story.status !== story.expectedStatus) {
        await story.attach(`log ${number}`, { body: fanfare.logs(), contentType: "text/plain" });
      }
    }
  },

  visitor: async ({ browser, locale, expectedInConsole }, use) => {
    const contexts: [BrowserContext, string[]][] = [];
    await use(async (options) => {
      const context = await browser.newContext({ locale, ...options });
      contexts.push([context, watchConsole(context, expectedInConsole)]);
      return context.newPage();
    });
    for (const [context, problems] of contexts) {
      await context.close();
      base.expect(problems, "the console of another browser").toEqual([]);
    }
  },

  // A story that uses a page fails when the browser has something to complain about.
  context: async ({ context, expectedInConsole }, use) => {
    const problems = watchConsole(context, expectedInConsole);
    await use(context);
    base.expect(problems, "the browser's console").toEqual([]);
  },
});

async function keepLog(fanfare: Fanfare, name: string): Promise<void> {
  const folder = join(root, "end2end/test-results/logs");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, `fanfare-${name}.log`), fanfare.logs());
}
