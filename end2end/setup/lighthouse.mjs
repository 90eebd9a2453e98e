// Lighthouse's figures of signed-in pages: `SESSION_TOKEN=… node setup/lighthouse.mjs ADDRESS COOKIE [PATH…]`, against a release
// build. Prints a line a page and device, and JSON with what falls short; ends with 1 when something does.
import lighthouse, { desktopConfig } from "lighthouse";
import { launch } from "./browser_with_session.mjs";

const [address, cookie, ...asked] = process.argv.slice(2);
const token = process.env.SESSION_TOKEN;
if (!address || !cookie || !token) throw new Error("usage: SESSION_TOKEN=… node setup/lighthouse.mjs ADDRESS COOKIE [PATH…]");
const paths = asked.length ? asked : ["/", "/calendar", "/analytics/compare"];
const PORT = 9333;
const CATEGORIES = ["performance", "accessibility", "best-practices"];
/** In percent. */
const LEAST = { desktop: { performance: 95, accessibility: 95, "best-practices": 95 }, mobile: { performance: 90, accessibility: 95, "best-practices": 95 } };

const browser = await launch(`--remote-debugging-port=${PORT}`);
const short = [];
try {
  for (const device of ["desktop", "mobile"]) {
    for (const path of paths) {
      const flags = {
        port: PORT,
        onlyCategories: CATEGORIES,
        logLevel: "error",
        // Keeps the session, which is sent as a header below.
        disableStorageReset: true,
        extraHeaders: { Cookie: `${cookie}=${token}` },
      };
      const { lhr } = await lighthouse(address + path, flags, device === "desktop" ? desktopConfig : undefined);
      if (lhr.runtimeError) throw new Error(`${path}: ${lhr.runtimeError.message}`);
      if (new URL(lhr.finalDisplayedUrl).pathname !== path.split("?")[0]) throw new Error(`${path} led to ${lhr.finalDisplayedUrl}`);
      const scores = CATEGORIES.map((category) => [category, Math.round((lhr.categories[category].score ?? 0) * 100)]);
      const figure = (id) => lhr.audits[id]?.displayValue ?? "?";
      const figures = `FCP ${figure("first-contentful-paint")}, LCP ${figure("largest-contentful-paint")}, TBT ${figure("total-blocking-time")}, CLS ${figure("cumulative-layout-shift")}`;
      console.log(`${device.padEnd(8)}${path.padEnd(22)}${scores.map(([category, score]) => `${category} ${score}`).join("  ")}  (${figures})`);
      for (const [category, score] of scores) {
        if (score >= LEAST[device][category]) continue;
        const audits = lhr.categories[category].auditRefs
          .filter(({ id, weight }) => weight > 0 && (lhr.audits[id].score ?? 1) < 0.9)
          .map(({ id }) => ({ id, score: lhr.audits[id].score, told: lhr.audits[id].displayValue ?? lhr.audits[id].title, at: lhr.audits[id].details?.items?.slice(0, 4).map((item) => item.node?.selector ?? item.description ?? item.url) }));
        short.push({ device, path, category, score, least: LEAST[device][category], audits });
      }
    }
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(short, undefined, 2));
process.exitCode = short.length ? 1 : 0;
