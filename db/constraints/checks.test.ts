/** Tries to break every CHECK. */
import { expect, test } from "vitest";
import { checks } from "./checks";
import { BROKEN_CHECK, refusal, undone } from "./refusals";
import { make, parentsFor } from "./rows";

test.each(Object.entries(checks))("%s", async (constraint, { table, refused, taken }) => {
  await undone(async (tx) => {
    const parents = await parentsFor(tx, table);
    for (const row of refused) {
      const answer = await refusal(tx, (sp) => make(sp, table, { ...parents, ...row }));
      expect(answer, JSON.stringify(row)).toMatchObject({ code: BROKEN_CHECK, constraint });
    }
    for (const row of [{}, ...taken]) {
      expect(
        await refusal(tx, (sp) => make(sp, table, { ...parents, ...row })),
        JSON.stringify(row),
      ).toBeUndefined();
    }
  });
});
