/** A reporter for vitest that lets the others tell what an error was caused by: "Failed query" alone says little. */
import type { TestError } from "vitest";
import type { TestCase } from "vitest/node";

export default class Causes {
  onTestCaseResult(test: TestCase): void {
    for (const error of test.result().errors ?? []) {
      const causes = causesOf(error);
      if (causes.length > 0) error.stack = `${causes.join("\n")}\n${error.stack}`;
    }
  }
}

function causesOf({ cause }: TestError): string[] {
  if (!cause) return [];
  const code = cause.code ? ` (${cause.code})` : "";
  return [...causesOf(cause), `Caused by: ${cause.message}${code}`];
}
