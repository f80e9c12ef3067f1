/** `npm run user:role -- --email … --role …`: gives somebody another role; whoever is signed in must sign in again. */
import { parseArgs } from "node:util";
import { sql } from "@/db/client";
import { setRole } from "@/lib/services/accounts";
import { systemActor } from "@/lib/system";

const HELP = `Usage: npm run user:role -- --email ada@example.com --role customer|owner|admin

Gives an account another role and ends its sessions. A first owner gets a shop that is named after them.

  --help   this

Exit code: 0 it is done, 1 it is not (the reason is told).`;

async function main(args: string[]): Promise<string> {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args,
    options: { email: text, role: text, help: { type: "boolean", short: "h" } },
  });
  if (values.help) return HELP;
  const { email, role } = values;
  if (!email || (role !== "customer" && role !== "owner" && role !== "admin"))
    throw new Error(`Say whose role it is and which one it becomes.\n\n${HELP}`);
  const [user] = await sql<{ id: string; role: string }[]>`
    select id, role from users where lower(email) = ${email.trim().toLowerCase()}`;
  if (!user) throw new Error(`There is no account of ${email}.`);
  if (user.role === role) return `${email} has the role ${role} already.`;
  await setRole(systemActor("user:role"), { userId: user.id, role });
  return `${email} was ${user.role} and has the role ${role} now. They must sign in again.`;
}

try {
  console.log(await main(process.argv.slice(2)));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await sql.end({ timeout: 5 });
}
