/** Each special index serves the query it was made for, without a sort beside it where it gives the order. */
import { expect, test } from "vitest";
import { indexes } from "./indexes";
import { undone } from "./refusals";

test.each(Object.entries(indexes))("%s", async (index, query) => {
  await undone(async (tx) => {
    // The tables are empty: without these a scan of nothing would always win.
    await tx`set local enable_seqscan = off`;
    await tx`set local enable_sort = off`;
    if (query.includes("order by")) await tx`set local enable_bitmapscan = off`;
    const plan = (await tx.unsafe(`explain (costs off) ${query}`)).map((row) => String(row["QUERY PLAN"]));
    const names = await tx<{ name: string }[]>`
      select relid::regclass::text as name from pg_partition_tree(${index}::regclass)
      union select ${index}`;
    const used = names.some(({ name }) => plan.some((line) => line.includes(` ${name}`)));
    expect(used, plan.join("\n")).toBe(true);
    // Over partitions the planner may merge or sort, as it thinks cheaper.
    if (!plan.some((line) => line.includes("Append"))) expect(plan.join("\n")).not.toContain("Sort");
  });
});
