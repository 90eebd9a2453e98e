import type { BrowserContext } from "@playwright/test";

/**
 * The wasm of a debug build is large and takes a busy machine seconds to load and compile; until then what came with
 * the page waits. One that is never used at all shows by a page that never comes to life.
 */
const latePart = /^warning: The resource \S+\/pkg\/\S+\.wasm was preloaded using link preload but not used within/;

/**
 * Notes every error and warning in the console of a context's pages, and every uncaught exception. A warning counts:
 * that is how a failed hydration, a read outside of a reactive scope or an unused preload shows.
 */
export function watchConsole(context: BrowserContext, expected?: RegExp): string[] {
  const problems: string[] = [];
  const note = (text: string) => {
    if (!expected?.test(text) && !latePart.test(text)) problems.push(text);
  };
  context.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") {
      note(`${message.type()}: ${message.text()} (${message.page()?.url()} ${message.location().url})`);
    }
  });
  context.on("weberror", (error) => note(`exception: ${error.error().stack ?? error.error().message}`));
  return problems;
}
