/** Jobs of pictures: draws the demo goods' other colours and views in the background, slowly enough to be unnoticed. */
import { sql } from "drizzle-orm";
import { withTx } from "@/db/tx";
import { productTag } from "@/lib/cache-tags";
import * as cache from "@/lib/services/cache";
import type { Handlers } from "./handler";

declare module "@/lib/queue" {
  interface Jobs {
    /** `colours`: each colour from the front. `rest`: details, rooms and all else. */
    "pictures.draw": { slug: string; part: "colours" | "rest" };
  }
}

export const pictureHandlers: Handlers = {
  "pictures.draw": async ({ slug, part }, { abortSignal }) => {
    // The drawing code is for the demo alone: a worker that draws nothing does not load it.
    const { demoProductOf, drawMissing, insertImages } = await import("@/db/seed/pictures");
    const product = demoProductOf(slug);
    if (!product) return;
    const pictures = product.pictures.filter((picture) => part === "rest" || picture.spec.view === "front");
    await drawMissing(
      product,
      pictures,
      (made) =>
        withTx(async (tx) => {
          await insertImages(tx, made);
          const [row] = await tx.execute<{ id: string }>(sql`select id from products where slug = ${slug}`);
          if (row) await cache.expire(tx, [productTag(row.id)]);
        }),
      { pause: 1, signal: abortSignal },
    );
  },
};
