import { eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import { cast, guest } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { readMailParts } from "@/db/mail-parts";
import { mail } from "@/db/schema/notifications";
import { contactInput } from "@/lib/domain/contact";
import { render } from "@/lib/mail/render";
import * as contact from "./contact";

beforeAll(async () => {
  await cast();
});

const letter = (change: Record<string, unknown> = {}) =>
  contactInput.parse({
    name: "Grace Hopper",
    email: "grace@example.org",
    orderNumber: "MR-4F7K2Q",
    message: "The cup has a chip.\n\nCan I send a picture?",
    requestKey: newId(),
    ...change,
  });

const kept = () => db.select().from(mail).where(eq(mail.template, "contact_message"));

test("a message reaches the shop's address once, and an answer to it its writer", async () => {
  const input = letter();
  await contact.write(guest(), input);
  await contact.write(guest(), input);
  const rows = await kept();
  expect(rows).toHaveLength(1);
  const [row] = rows;
  expect(row).toMatchObject({
    toEmail: "shop@example.com",
    subject: "MR-4F7K2Q: a message from Grace Hopper",
    status: "queued",
  });
  const parts = await readMailParts(db, row?.id ?? "");
  if (!parts) throw new Error("the mail is not there");
  const written = render(parts);
  expect(written.replyTo).toBe("grace@example.org");
  expect(written.text).toContain("The cup has a chip.\n\nCan I send a picture?");
});

test("what fills the trap is dropped without a word", async () => {
  const before = (await kept()).length;
  await contact.write(guest(), letter({ website: "https://spam.example" }));
  expect(await kept()).toHaveLength(before);
});

test("an empty or endless message is refused beside its field", () => {
  const answer = contactInput.safeParse({ name: " ", email: "no", message: "x".repeat(5_001) });
  expect(answer.error?.issues.map(({ path }) => path[0])).toEqual(["name", "email", "message"]);
});
