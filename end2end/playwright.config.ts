import { defineConfig, devices } from "@playwright/test";
import { chromium } from "./setup/chromium.ts";

export default defineConfig({
  testDir: "stories",
  outputDir: "test-results/run",
  timeout: 300_000,
  expect: { timeout: 20_000 },
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
});
