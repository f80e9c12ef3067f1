/** Is this process fit for traffic? Asked by load balancers and by the launcher. */
import { sql } from "@/db/client";

const PATIENCE_MS = 1_500;

let draining = false;

// A balancer must stop sending before the listener closes.
if (typeof process.once === "function") process.once("SIGTERM", () => (draining = true));

/** "ready", or the one reason why not: the process is stopping, or the database does not answer within 1.5 s. */
export async function readiness(): Promise<"ready" | "draining" | "database"> {
  if (draining) return "draining";
  const patience = new Promise<"database">((give) => setTimeout(give, PATIENCE_MS, "database").unref());
  const answer = sql`select 1`.then(
    () => "ready" as const,
    () => "database" as const,
  );
  return Promise.race([answer, patience]);
}
