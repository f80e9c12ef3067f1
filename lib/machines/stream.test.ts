import { describe, expect, test } from "vitest";
import { forFew, streamed } from "./stream";

async function* pieces() {
  yield "a";
  yield "b";
}

describe("a text for few readers at once", () => {
  test("the third is sent away until one has all of it or has gone", async () => {
    const [first, second] = [forFew("x", 2, pieces()), forFew("x", 2, pieces())];
    if (!first || !second) throw new Error("Two may read.");
    const answers = await Promise.all([first, second].map((one) => streamed(one, "text/plain")));
    expect(forFew("x", 2, pieces())).toBeNull();
    expect(forFew("y", 2, pieces())).not.toBeNull();

    expect(await answers[0]?.text()).toBe("ab");
    const third = forFew("x", 2, pieces());
    if (!third) throw new Error("One has read.");
    await streamed(third, "text/plain");
    expect(forFew("x", 2, pieces())).toBeNull();

    await answers[1]?.body?.cancel();
    expect(forFew("x", 2, pieces())).not.toBeNull();
  });
});
