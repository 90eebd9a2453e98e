import { defineConfig, devices } from "@playwright/test";
import { chromium } from "./setup/chromium.ts";

export default defineConfig({
  testDir: "stories",
  outputDir: "test-results/run",
  timeout: 300_000,
  expect: { timeout: 20_000 },
  forbidOnly: !!process.env.CI,
  // Where nobody watches, one that failed gets a second try on the busy machine, and is told as flaky.
  retries: process.env.CI ? 1 : 0,
  // More than the cores of a small machine: stories wait more than they work.
  workers: 3,
  reporter: [["list"], ["./setup/summary.ts"]],
  use: {
    ...devices["Desktop Chrome"],
    locale: "en-GB",
    timezoneId: "Europe/Paris",
    launchOptions: chromium,
    // Tracing costs a third of the time: where nobody watches, the second try alone is traced.
    trace: process.env.CI ? "on-first-retry" : "retain-on-failure",
    screenshot: "only-on-failure",
  },
});
