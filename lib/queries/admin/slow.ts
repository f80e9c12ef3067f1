/** The statements that cost the database most, for admins. */
import { sql } from "@/db/client";
import { readSlow, type Slow, type SlowOrder, type SlowReport } from "@/db/slow";
import type { Admin } from "@/lib/domain/actors";

export type { Slow, SlowOrder, SlowReport };

/** The 50 worst, or a sentence that says why nothing was counted. @throws DatabaseFailure */
export const listSlow = (_admin: Admin, order: SlowOrder): Promise<SlowReport> => readSlow(sql, order);
