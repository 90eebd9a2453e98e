import { existsSync } from "node:fs";
import type { LaunchOptions } from "@playwright/test";

/** A name of this machine that browsers don't treat as localhost, for stories about plain http in a local network. */
export const PLAIN_HOST = "fanfare.lan";

const installed = [process.env.FANFARE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The system's Chromium; Playwright's own where there is none. It can reach nothing beyond loopback. */
export const chromium: LaunchOptions = {
  executablePath: installed.find((path) => path && existsSync(path)),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    `--host-resolver-rules=MAP ${PLAIN_HOST} 127.0.0.1, MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1`,
  ],
};
