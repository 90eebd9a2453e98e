import { defineConfig, devices } from "@playwright/test";
import { chromium } from "./setup/chromium.ts";
import type { Settings } from "./setup/test.ts";

export default defineConfig<object, Settings>({
  testDir: "stories",
  outputDir: "test-results/run",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: !!process.env.CI,
  retries: 0,
  workers: 2,
  reporter: [["list"]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    launchOptions: chromium,
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
  },
  projects: [
    // One process on the embedded database, as `make run` starts it.
    { name: "sqlite", use: { engine: "sqlite" } },
    // A web process, two workers and the sandbox as processes of their own: the stories tagged @postgres.
    { name: "postgres", grep: /@postgres/, use: { engine: "postgres" } },
  ],
});
