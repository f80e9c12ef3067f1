/** Is this process fit for traffic? Asked by load balancers and by the launcher. */
import { sql } from "@/db/client";
import { isDraining } from "./running/drain.mjs";

const PATIENCE_MS = 1_500;

/** "ready", or the one reason why not: the process is stopping, or the database does not answer within 1.5 s. */
export async function readiness(): Promise<"ready" | "draining" | "database"> {
  if (isDraining()) return "draining";
  const patience = new Promise<"database">((give) => setTimeout(give, PATIENCE_MS, "database").unref());
  const answer = sql`select 1`.then(
    () => "ready" as const,
    () => "database" as const,
  );
  return Promise.race([answer, patience]);
}
