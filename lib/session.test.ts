import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

// A dependency rule sees files, not names, and types of the same file are for everybody.
test("actors are minted where a request, the system, the cast or the demo begins, and nowhere else", () => {
  const minting = ["app", "bench", "components", "db", "lib", "scripts"].flatMap(sources).filter((file) => {
    const text = readFileSync(file, "utf8");
    return /import[^;]*\bmint\b[^;]*from\s+"[^"]*domain\/actors"/.test(text) && !file.endsWith(".test.ts");
  });
  const outsideDemo = minting.filter((file) => !file.startsWith("db/seed/"));
  expect(outsideDemo.sort()).toEqual(["db/cast.ts", "lib/session.ts", "lib/system.ts"]);
});

function sources(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => join(folder, file));
  } catch {
    return [];
  }
}
