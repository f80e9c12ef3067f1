/** `npm run user:create -- --email … --role …`: makes a user of any role; without --password it makes one up and shows it. */
import { randomInt } from "node:crypto";
import { parseArgs } from "node:util";
import { z } from "zod";
import { isShopError } from "@/lib/domain/errors";
import { create } from "@/lib/services/accounts";
import { systemActor } from "@/lib/system";
import { sql } from "../db/client";

const USAGE = `Usage: npm run user:create -- --email ada@example.com --role customer|owner|admin [OPTIONS]

Makes an account, proved and ready to sign in. An owner gets a shop.

  --name "Ada Lovelace"   what comes before the @ when left out
  --shop "Line"           the name of an owner's shop; the person's when left out
  --password …            made up and shown once when left out
  --help                  this

Exit code: 0 the account is there, 1 it is not (the reason is told).`;

const options = z.object({
  email: z.email("--email must be an e-mail address."),
  role: z.enum(["customer", "owner", "admin"], "--role must be customer, owner or admin."),
  name: z.string().trim().min(1).optional(),
  shop: z.string().trim().min(1).optional(),
  password: z.string().optional(),
});

/** Makes the user and answers the sentence for the terminal. Throws a sentence that says what to do. */
export async function createUser(args: readonly string[]): Promise<string> {
  const given = parse(args);
  if (!given) return USAGE;
  const { email, role, name, shop, password } = given;
  const chosen = password ?? madeUp();
  await create(systemActor("user:create"), {
    email,
    role,
    name: name ?? email.split("@")[0] ?? email,
    password: chosen,
    ...(shop && { shopName: shop }),
  }).catch((error: unknown) => {
    if (isShopError(error, "invalid_input")) throw new Error(Object.values(error.data.fields).join(" "));
    throw error;
  });
  return `${email} is ${role === "customer" ? "a customer" : `an ${role}`} now.${password ? "" : ` The password is ${chosen}`}`;
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      email: text,
      role: text,
      name: text,
      shop: text,
      password: text,
      help: { type: "boolean", short: "h" },
    },
  });
  if (values.help) return null;
  const result = options.safeParse(values);
  if (!result.success)
    throw new Error(`${result.error.issues.map(({ message }) => message).join(" ")}\n\n${USAGE}`);
  return result.data;
}

// 20 letters and digits that nobody mixes up: 116 bits.
function madeUp(): string {
  const signs = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ23456789";
  return Array.from({ length: 20 }, () => signs[randomInt(signs.length)]).join("");
}

if (/user-create\.(?:ts|mjs)$/.test(process.argv[1] ?? "")) {
  try {
    console.log(await createUser(process.argv.slice(2)));
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    await sql.end();
  }
}
