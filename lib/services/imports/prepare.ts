/** Imports: what holds for a whole run: the store, whose goods they are, and who is behind it. */
import { asc, eq } from "drizzle-orm";
import { db } from "@/db/client";
import { owners } from "@/db/schema/accounts";
import { settings } from "@/db/schema/settings";
import { type Staff, type System, userIdOf } from "@/lib/domain/actors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import type { Context } from "./context";

/** Whose goods: an owner imports for themselves; otherwise the shop of that slug, or the oldest one. */
export interface Wanted {
  readonly fileName: string;
  readonly owner?: string | undefined;
  /** Its id, where it was chosen before. */
  readonly ownerId?: string | undefined;
  readonly setStock: boolean;
  readonly slugs: ReadonlySet<string>;
}

/** @throws ImportProblem where there is no such shop. */
export async function prepare(actor: Staff | System, input: Wanted): Promise<Context> {
  const [store] = await db
    .select({ currency: settings.currency, lowStockThreshold: settings.lowStockThreshold })
    .from(settings);
  if (!store) throw new ImportProblem("There is no shop in this database yet: run `npm start` once.");
  const all = await db
    .select({ id: owners.id, name: owners.name, slug: owners.slug })
    .from(owners)
    .where(actor.kind === "owner" ? eq(owners.id, actor.ownerId) : eq(owners.isActive, true))
    .orderBy(asc(owners.createdAt), asc(owners.id));
  const wanted = actor.kind === "owner" ? undefined : input.owner;
  const owner = input.ownerId
    ? all.find(({ id }) => id === input.ownerId)
    : wanted
      ? all.find(({ slug }) => slug === wanted)
      : all[0];
  if (!owner && all.length > 0)
    throw new ImportProblem(
      `There is no owner "${wanted}"; there is ${all.map(({ slug }) => slug).join(", ")}.`,
    );
  if (!owner)
    throw new ImportProblem(
      "Nobody sells in this shop yet: invite an owner at /admin/staff, or run `npm run user:create -- --email … --role owner`.",
    );
  return {
    actor,
    owner,
    isOwnerGiven: actor.kind === "owner" || wanted !== undefined,
    isOwners: actor.kind === "owner",
    ...store,
    userId: userIdOf(actor),
    reason: `import ${input.fileName}`,
    setStock: input.setStock,
    slugs: input.slugs,
  };
}
