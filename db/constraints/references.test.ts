/** For every foreign key: no row without its parent, and the told behaviour when the parent is deleted. */
import { expect, test } from "vitest";
import { newId } from "../id";
import { references } from "./references";
import { type Row, ref } from "./refs";
import { NO_PARENT, RESTRICTED, refusal, undone } from "./refusals";
import { make, parentsFor } from "./rows";

// A target of a discount has one parent or the other, a wishlist one holder or the other.
const INSTEAD: Record<string, Row> = {
  "discount_targets.product_id": { category_id: null },
  "carts.user_id": { guest_token_hash: null },
  "wishlists.user_id": { guest_token_hash: null },
};

test.each(references)("$constraint ($onDelete)", async ({ constraint, table, column, parent, onDelete }) => {
  await undone(async (tx) => {
    // Only the key itself is tried: a parent that is kept by a trigger is deletable here.
    await tx`alter table ${tx(parent)} disable trigger user`;
    const instead = INSTEAD[`${table}.${column}`] ?? {};
    const given = { ...(await parentsFor(tx, table)), ...instead };
    const orphan = await refusal(tx, (sp) => make(sp, table, { ...given, [column]: newId() }));
    expect(orphan).toMatchObject({ code: NO_PARENT, constraint });

    const child = await make(tx, table, { ...given, [column]: given[column] ?? ref(parent) });
    const key = String(child[column]);
    const answer = await refusal(tx, async (sp) => {
      await sp`delete from ${sp(parent)} where id = ${key}`;
      const left = await sp`select * from ${sp(table)} where ${sp(column)} = ${key}`;
      expect(left).toHaveLength(0);
      if (onDelete !== "set null" || child.id === undefined) return;
      const kept = await sp`select * from ${sp(table)} where id = ${String(child.id)}`;
      expect(kept[0]).toMatchObject({ id: child.id, [column]: null });
    });
    if (onDelete === "restrict") {
      // PostgreSQL 18 has a code of its own for it.
      expect([RESTRICTED, NO_PARENT]).toContain(answer?.code);
      expect(answer?.constraint).toBe(constraint);
    } else {
      expect(answer).toBeUndefined();
    }
  });
});
