/** Fills an empty database with the demo shop. Run again, it only does what is missing. */
import { existsSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { sql as query } from "drizzle-orm";
import { sql } from "@/db/client";
import { settings } from "@/db/schema/settings";
import { products as demoProducts } from "@/db/seed/catalogue/catalogue";
import { withTx } from "@/db/tx";
import { env } from "@/lib/env";
import { enqueue } from "@/lib/queue";
import { insertPeople } from "./people";
import { drawFirstPictures } from "./pictures";
import { insertCategories, insertProducts } from "./products";
import { insertReviews } from "./reviews";
import { insertStore } from "./store";
import { insertSynonyms } from "./synonyms";
import "@/lib/jobs/pictures";
import "@/lib/jobs/search";

/** Progress, a line at a time. */
export type SeedLog = (line: string) => void;

/** Makes the demo shop. Throws what the database or the disk says; what was finished stays. */
export async function seed({ log }: { log: SeedLog }): Promise<void> {
  await insertCatalogue(log);
  await drawFirstPictures(log);
  if (env.DRAW === "on") await orderPictures();
  await seedOrdersIfThere(log);
}

// One transaction: either the whole catalogue is there or nothing of it.
async function insertCatalogue(log: SeedLog): Promise<void> {
  await withTx(async (tx) => {
    process.env.DATABASE_PATIENCE_MS ??= "90000";
    await tx.execute(query`select set_config('statement_timeout', '60s', true)`);
    const [known] = await tx.select({ id: settings.id }).from(settings);
    if (known) return;
    log(`inserting ${demoProducts.length} products`);
    await insertStore(tx);
    await insertSynonyms(tx);
    const people = await insertPeople(tx);
    const categoryIds = await insertCategories(tx);
    const productIds = await insertProducts(tx, categoryIds, people.owners);
    log("inserting reviews");
    await insertReviews(tx, productIds, people.users);
    await enqueue(tx, "search.count", {}, { key: "search.count" });
  });
}

/** The other views follow in the background: first all colours, then the rest. */
async function orderPictures(): Promise<void> {
  await withTx(async (tx) => {
    for (const part of ["colours", "rest"] as const) {
      for (const { slug } of demoProducts) {
        await enqueue(
          tx,
          "pictures.draw",
          { slug, part },
          {
            key: `pictures.draw:${slug}:${part}`,
            queue: "pictures",
            priority: part === "colours" ? 10 : 20,
          },
        );
      }
    }
  });
}

async function seedOrdersIfThere(log: SeedLog): Promise<void> {
  const file = fileURLToPath(new URL("./orders.ts", import.meta.url));
  if (!existsSync(file)) return;
  const { seedOrders } = (await import(pathToFileURL(file).href)) as {
    seedOrders: (options: { log: SeedLog }) => Promise<void>;
  };
  await seedOrders({ log });
}

const entry = process.argv[1];
if (entry && import.meta.url === pathToFileURL(entry).href) {
  seed({ log: (line) => console.log(line) })
    .then(() => sql.end({ timeout: 5 }))
    .catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
}
