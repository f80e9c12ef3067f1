/** Imports: the customers of another shop, an account a row, whole or not at all. */

import { eq, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { users } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { withTx } from "@/db/tx";
import type { System } from "@/lib/domain/actors";
import { ImportProblem } from "@/lib/domain/imports/columns";
import {
  type CustomerColumns,
  type CustomerDraft,
  customerColumns,
  readCustomer,
} from "@/lib/domain/imports/customers";
import { CUSTOMERS } from "@/lib/domain/imports/views";
import { insertUser } from "@/lib/services/accounts";
import * as audit from "@/lib/services/audit";
import { peek, recordsOf } from "./file";
import { note, type Place, type Result } from "./record";
import type { Report } from "./report";
import { importWhole } from "./whole";

/** What an undo needs, and nothing of the person: whoever is erased must not live on in the record of an import. */
export type Kept = Record<string, unknown> & {
  readonly userId: string;
  /** Of the account as the import left it. */
  readonly version: number;
  readonly isNew: boolean;
  readonly filled: readonly Fillable[];
  readonly addressId: string | null;
};

export const EMPTY = { firstName: "", lastName: "", phone: null, staffNote: null } as const;
type Fillable = keyof typeof EMPTY;

class Rehearsed extends Error {
  constructor(readonly result: Result) {
    super("dry run");
  }
}

/**
 * Makes an account without a password for each customer of the file. An account that is there keeps what it has, and
 * its consent; only what is missing is filled in. Nobody is written to.
 * @throws ImportProblem where nothing can be imported at all
 */
export async function importCustomers(
  system: System,
  input: { path: string; dryRun: boolean },
  onProgress: (rows: number) => void = () => {},
): Promise<Report> {
  const { path, dryRun } = input;
  const { hash, header } = await peek(path);
  const columns = customerColumns(header);
  /** The first line of each address: a repeat is told the same in a trial, which keeps nothing, as in earnest. */
  const lines = new Map<string, number>();
  return importWhole({ path, hash, format: CUSTOMERS, rows: 0, dryRun }, async (report, placeOf) => {
    let group = -1;
    for await (const { record, line } of recordsOf(path)) {
      group += 1;
      if (group === 0) continue;
      const at = { place: placeOf(group), rehearse: dryRun, line, lines };
      report.add(await importCustomer(system, at, columns, record), { variants: 0, pictures: 0 });
      onProgress(group);
    }
  });
}

interface At {
  /** Where the row is noted; null: nowhere. */
  readonly place: Place | null;
  /** Does everything and keeps nothing of it; what would happen is noted all the same. */
  readonly rehearse: boolean;
  readonly line: number;
  readonly lines: Map<string, number>;
}

/** Remembers a row that an earlier slice worked off: its address is no news further down. */
export function meet(
  lines: Map<string, number>,
  columns: CustomerColumns,
  record: readonly string[],
  line: number,
): void {
  try {
    const address = readCustomer(columns, record).email.toLowerCase();
    if (!lines.has(address)) lines.set(address, line);
  } catch (error) {
    if (!(error instanceof ImportProblem)) throw error;
  }
}

/** Imports one row, whole or not at all. @throws RunOver where the run was stopped */
export async function importCustomer(
  system: System,
  { place, rehearse, line, lines }: At,
  columns: CustomerColumns,
  record: readonly string[],
): Promise<Result> {
  try {
    const draft = readCustomer(columns, record);
    return await withTx(async (tx) => {
      const first = lines.get(draft.email.toLowerCase());
      const result = first === undefined ? await write(tx, system, draft, line) : repeat(line, first);
      if (rehearse) throw new Rehearsed(result);
      if (place) await note(tx, place, result);
      return result;
    }).finally(() => lines.set(draft.email.toLowerCase(), lines.get(draft.email.toLowerCase()) ?? line));
  } catch (error) {
    if (error instanceof Rehearsed) {
      const { result } = error;
      if (place) await withTx((tx) => note(tx, place, result));
      return result;
    }
    if (!(error instanceof ImportProblem)) throw error;
    const failed: Result = {
      handle: "",
      lines: [line],
      outcome: "failed",
      message: error.message,
      notes: [],
      before: null,
    };
    // The address that is none stays out of the record.
    if (place)
      await withTx((tx) => note(tx, place, { ...failed, message: "no e-mail address, or one that is none" }));
    return failed;
  }
}

const repeat = (line: number, first: number): Result => ({
  handle: "",
  lines: [line],
  outcome: "skipped",
  message: `the same address as line ${first}`,
  notes: [],
  before: null,
});

async function write(tx: Tx, system: System, draft: CustomerDraft, line: number): Promise<Result> {
  const { email, firstName, lastName, phone, marketing, staffNote, address } = draft;
  const notes = draft.notes.map((text) => ({ line, text }));
  const result = (outcome: Result["outcome"], message: string | null, before: Kept | null): Result => ({
    handle: before?.userId ?? "",
    lines: [line],
    outcome,
    message,
    notes,
    before,
  });
  const [there] = await tx
    .select()
    .from(users)
    .where(eq(sql`lower(${users.email})`, email.toLowerCase()))
    .for("update");
  if (there && there.role !== "customer")
    return result("skipped", "the account of somebody who works here", null);
  const name = `${firstName} ${lastName}`.trim();
  const userId =
    there?.id ??
    (await insertUser(tx, {
      name: name || email.split("@")[0] || "",
      email,
      passwordHash: null,
      role: "customer",
    }));
  // Somebody signed up with it at this moment.
  if (!userId) return result("skipped", "an account was opened with this address at the same moment", null);
  const given = { firstName, lastName, phone, staffNote };
  const hasName = Boolean(there?.firstName || there?.lastName);
  const filled = (Object.keys(EMPTY) as Fillable[]).filter(
    (field) =>
      given[field] && !there?.[field] && !(hasName && (field === "firstName" || field === "lastName")),
  );
  const addressId =
    address && (await tx.$count(addresses, eq(addresses.userId, userId))) === 0 ? newId() : null;
  if (there && filled.length === 0 && !addressId) return result("unchanged", null, null);
  const [written] = await tx
    .update(users)
    .set({
      ...Object.fromEntries(filled.map((field) => [field, given[field]])),
      ...(there ? {} : { marketingOptIn: marketing }),
      version: sql`${users.version} + 1`,
    })
    .where(eq(users.id, userId))
    .returning({ version: users.version });
  if (address && addressId)
    await tx
      .insert(addresses)
      .values({ id: addressId, userId, ...address, isDefaultShipping: true, isDefaultBilling: true });
  await audit.write(tx, system, {
    action: "accounts.import",
    subject: "users",
    subjectId: userId,
    before: {},
    after: { isNew: !there, filled, hasAddress: addressId !== null },
  });
  const kept = { userId, version: written?.version ?? 0, isNew: !there, filled, addressId };
  return result(there ? "updated" : "created", null, kept);
}
