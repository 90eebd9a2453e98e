// A browser that is signed in, for the measuring programs that `make bench` runs with plain node; so it is no TypeScript.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";

const installed = [process.env.FANFARE_CHROMIUM, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** Chromium, which finds nothing but this machine; with `more` arguments. */
export function launch(...more) {
  return chromium.launch({
    executablePath: installed.find((path) => path && existsSync(path)),
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", ...more],
  });
}

/** Runs `use` with a new context that has the session's cookie of `address`; the value is in SESSION_TOKEN. */
export async function withSession(address, cookie, use) {
  const token = process.env.SESSION_TOKEN;
  if (!address || !cookie || !token) throw new Error("usage: SESSION_TOKEN=… node PROGRAM ADDRESS COOKIE");
  const browser = await launch();
  try {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const { hostname } = new URL(address);
    await context.addCookies([{ name: cookie, value: token, domain: hostname, path: "/", httpOnly: true, secure: true, sameSite: "Lax" }]);
    return await use(context);
  } finally {
    await browser.close();
  }
}
