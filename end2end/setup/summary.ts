import type { Reporter, TestCase, TestResult } from "@playwright/test/reporter";
import { stripVTControlCharacters } from "node:util";

/** Says at the very end, where a log is looked at first, in a few lines why each story failed. */
export default class Summary implements Reporter {
  private readonly failures: string[] = [];

  printsToStdio(): boolean {
    return false;
  }

  onTestEnd(story: TestCase, result: TestResult): void {
    if (result.status === story.expectedStatus || result.status === "skipped") return;
    const { message = result.status, location } = result.error ?? {};
    const why = stripVTControlCharacters(message).split("\n").slice(0, 14).join("\n    ");
    const at = location ? ` (${location.file.replace(/.*\/end2end\//, "")}:${location.line})` : "";
    this.failures.push(`  ${story.title}, try ${result.retry + 1}${at}\n    ${why}`);
  }

  onEnd(): void {
    if (this.failures.length > 0) console.log(`\n  Why stories failed:\n${this.failures.join("\n")}`);
  }
}
