import { beforeAll, expect, it } from "vitest";
import { type Cast, cast, guest } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { newId } from "@/db/id";
import { hasFile, putFile } from "@/lib/storage";
import { systemActor } from "@/lib/system";
import { sweepPictures } from "./unused-pictures";

const system = systemActor("job");
let world: Cast;
beforeAll(async () => {
  world = await cast();
});

const put = (key: string) => putFile(key, Buffer.from(key), "image/webp");
const later = (days: number) =>
  sql`update unused_pictures set since = since - make_interval(days => ${days}::int)`;
const marked = async () =>
  (await sql<{ key: string }[]>`select key from unused_pictures order by key`).map(({ key }) => key);

it("removes what nobody names after its grace period, and nothing that a product, an order or an import names", async () => {
  const { id: productId = "", variantIds } = world.tote;
  const shown = "uploads/p/shown.webp";
  await sql`insert into product_images ${sql({
    ...{ id: newId(), product_id: productId, key: shown, alt: "A tote", width: 8, height: 8 },
    ...{ position: 9, is_primary: false },
  })}`;
  const { orderId } = await order(guest(), [{ variantId: variantIds[0] ?? "", quantity: 1 }]);
  await sql.begin(async (tx) => {
    await tx`set local session_replication_role = replica`;
    await tx`update order_lines set image_key = 'uploads/p/ordered.webp' where order_id = ${orderId}`;
    const importId = newId();
    await tx`insert into imports (id, file_name, file_hash, format) values (${importId}, 'x.csv', '0', 'own')`;
    await tx`insert into import_rows (id, import_id, line, outcome, before) values (${newId()}, ${importId}, 2, 'updated',
      ${JSON.stringify({ images: [{ key: "imported/x/undone.webp" }] })}::text::jsonb)`;
  });
  const kept = [shown, "uploads/p/ordered.webp", "imported/x/undone.webp", "goods/drawn.webp"];
  const lost = ["uploads/p/lost.webp", "imported/x/lost.webp"];
  for (const key of [...kept, ...lost]) await put(key);

  expect(await sweepPictures(system)).toBe(0);
  expect(await marked()).toEqual([...lost].sort());
  // Named again meanwhile: the time begins anew.
  await later(20);
  await sql`update product_images set key = ${lost[0] ?? ""} where key = ${shown}`;
  expect(await sweepPictures(system)).toBe(0);
  expect(await marked()).toEqual(["imported/x/lost.webp", shown].sort());
  await sql`update product_images set key = ${shown} where key = ${lost[0] ?? ""}`;
  expect(await sweepPictures(system)).toBe(0);
  await later(11);
  expect(await sweepPictures(system)).toBe(1);
  expect(await hasFile("imported/x/lost.webp")).toBe(false);
  expect(await hasFile(lost[0] ?? "")).toBe(true);
  await later(20);
  expect(await sweepPictures(system)).toBe(1);
  for (const key of lost) expect(await hasFile(key), key).toBe(false);
  for (const key of kept) expect(await hasFile(key), key).toBe(true);
  expect(await marked()).toEqual([]);
});
