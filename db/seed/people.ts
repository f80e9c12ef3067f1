/** The people of the demo shop: admin, two owners, customers with addresses, and those who wrote a review. */
import type { Tx } from "@/db/client";
import { newId } from "@/db/id";
import { membershipTiers, owners, users } from "@/db/schema/accounts";
import { addresses } from "@/db/schema/addresses";
import { customers, owners as demoOwners, reviewers } from "@/db/seed/catalogue/catalogue";
import type { DemoCustomer } from "@/db/seed/catalogue/shape";
import { hash } from "@/lib/services/passwords";
import { daysAgo } from "./calendar";
import { DEMO_PASSWORD } from "./demo-password";

/** Who was inserted. */
export interface People {
  /** Ids of users by username. */
  users: ReadonlyMap<string, string>;
  /** Ids of owners by slug. */
  owners: ReadonlyMap<string, string>;
}

/** Inserts everybody. */
export async function insertPeople(tx: Tx): Promise<People> {
  const passwordHash = await hash(DEMO_PASSWORD);
  const plus = newId();
  await tx.insert(membershipTiers).values([
    { id: newId(), code: "member", name: "Member", benefit: "Hears of a new run a day early.", position: 0 },
    { id: plus, code: "plus", name: "Plus", benefit: "Free delivery within Germany.", position: 1 },
  ]);
  const signsIn = { passwordHash, emailVerifiedAt: daysAgo(360) };
  const rows = [
    {
      id: newId(),
      email: "admin@example.com",
      username: "admin",
      firstName: "Mo",
      lastName: "Iré",
      role: "admin" as const,
      ...signsIn,
    },
    ...demoOwners.map(({ email, username, firstName, lastName }) => ({
      id: newId(),
      email,
      username,
      firstName,
      lastName,
      role: "owner" as const,
      ...signsIn,
    })),
    ...customers.map(({ email, username, firstName, lastName, phone }, i) => ({
      id: newId(),
      email,
      username,
      firstName,
      lastName,
      phone,
      membershipTierId: i % 5 === 0 ? plus : null,
      ...signsIn,
    })),
    ...reviewers.map((person) => ({ id: newId(), ...person })),
  ].map((row, i) => ({ ...row, createdAt: daysAgo(370 - (i % 5), i) }));
  // One statement may hold 65,534 values at most.
  for (let at = 0; at < rows.length; at += 500) await tx.insert(users).values(rows.slice(at, at + 500));

  const userIds = new Map(rows.map(({ username, id }) => [username, id]));
  const shops = demoOwners.map(({ slug, name, about, username }) => ({
    id: newId(),
    userId: userIds.get(username) ?? "",
    name,
    slug,
    about,
  }));
  await tx.insert(owners).values(shops);
  await tx.insert(addresses).values(customers.flatMap((customer) => addressesOf(customer, userIds)));
  return { users: userIds, owners: new Map(shops.map(({ slug, id }) => [slug, id])) };
}

function addressesOf(customer: DemoCustomer, userIds: ReadonlyMap<string, string>) {
  return customer.addresses.map(({ label: _, ...address }, i) => ({
    id: newId(),
    userId: userIds.get(customer.username) ?? "",
    ...address,
    isDefaultShipping: i === 0,
    isDefaultBilling: i === 0,
  }));
}
