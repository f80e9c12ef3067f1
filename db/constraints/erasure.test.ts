/** Erases an address: all of the person at once or nothing, and never what taxes need. */
import { expect, test } from "vitest";
import { RESTRICTED, refusal, undone } from "./refusals";
import { make } from "./rows";

const GONE = {
  name: "[erased]",
  line1: "[erased]",
  city: "[erased]",
  company: null,
  line2: null,
  postal_code: null,
  phone: null,
};

test("an address is erased whole, or stays", async () => {
  await undone(async (tx) => {
    const whole = { company: "Engines", line2: "Top", region: "C", postal_code: "T12", phone: "+353 21" };
    const { id } = await make(tx, "order_addresses", whole);
    const change = (row: Record<string, unknown>) =>
      refusal(tx, (sp) => sp`update order_addresses set ${sp(row)} where id = ${String(id)}`);
    for (const kept of Object.keys(GONE)) {
      const { [kept as keyof typeof GONE]: _, ...rest } = GONE;
      expect(await change(rest), kept).toMatchObject({ code: RESTRICTED });
    }
    for (const more of [{ country: "DE" }, { region: null }, { kind: "billing" }])
      expect(await change({ ...GONE, ...more }), JSON.stringify(more)).toMatchObject({ code: RESTRICTED });
    expect(await change(GONE)).toBeUndefined();
  });
});
