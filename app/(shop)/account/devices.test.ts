/** Devices that somebody is signed in on: one that is signed out on the page is nobody from then on, the others stay. */
import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { comeAs, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { revokeOtherSessions, revokeSession, updateProfile } from "@/lib/actions/accounts";
import ProfilePage from "./profile/page";

let world: Cast;
beforeAll(async () => {
  world = await cast();
});

/** A new device of that person, and the id of its session. */
async function device(userId: string) {
  const come = await comeAs(userId);
  const [row] = await db.execute<{ id: string }>(
    sql`SELECT id FROM sessions WHERE user_id = ${userId} ORDER BY created_at DESC, id DESC LIMIT 1`,
  );
  return { come, id: row?.id ?? "" };
}
type Device = Awaited<ReturnType<typeof device>>;

/** Whether a device is somebody: its page is drawn and its form is taken. */
async function isIn({ come }: Device, form: string): Promise<{ page: boolean; action: boolean }> {
  come();
  const page = await ProfilePage({ searchParams: Promise.resolve({}) }).then(
    () => true,
    (error: { digest?: string }) => {
      expect(String(error.digest)).toMatch(/^NEXT_REDIRECT;.*;\/sign-in\?callbackUrl=%2Faccount%2Fprofile;/);
      return false;
    },
  );
  const answer = await sendForm(form, 'name="phone"', updateProfile);
  const action = "status" in answer && answer.status === "ok";
  if (!action) expect(answer).toMatchObject({ status: "error", code: "sign_in_required" });
  return { page, action };
}
const yes = { page: true, action: true };
const no = { page: false, action: false };

it("signs one device out by its button, at once and no other", async () => {
  const [phone, laptop, desk] = [
    await device(world.id.ada),
    await device(world.id.ada),
    await device(world.id.ada),
  ];
  const other = await device(world.id.ben);
  desk.come();
  const html = await pageOf(ProfilePage);
  expect(wordsOf(html)).toContain("This device");
  expect(await isIn(laptop, html)).toEqual(yes);

  desk.come();
  const answer = await sendForm(html, laptop.id, revokeSession);
  expect(answer).toEqual({ to: "/account/profile?done=session" });
  expect(await isIn(laptop, html)).toEqual(no);
  for (const still of [phone, desk, other]) expect(await isIn(still, html)).toEqual(yes);
  desk.come();
  const after = await pageOf(ProfilePage, { done: "session" });
  expect(wordsOf(after)).toContain("That device is signed out.");
  expect(after).not.toContain(laptop.id);
  expect(after).toContain(phone.id);

  // Somebody else's device is none of Ada's.
  await sendForm(html, phone.id, revokeSession, { sessionId: other.id });
  expect(await isIn(other, html)).toEqual(yes);
  // Nor is the one that is signed out its own any more.
  laptop.come();
  expect(await sendForm(html, phone.id, revokeSession)).toMatchObject({ code: "sign_in_required" });
  expect(await isIn(phone, html)).toEqual(yes);

  // The one that asks goes on to sign in.
  desk.come();
  expect(await sendForm(html, desk.id, revokeSession)).toEqual({ to: "/sign-in" });
  expect(await isIn(desk, html)).toEqual(no);
  expect(await isIn(phone, html)).toEqual(yes);
});

it("signs all others out by one button", async () => {
  const [there, here] = [await device(world.id.ada), await device(world.id.ada)];
  const other = await device(world.id.ben);
  here.come();
  const html = await pageOf(ProfilePage);
  expect(await sendForm(html, "Sign out everywhere else", revokeOtherSessions)).toEqual({
    to: "/account/profile?done=sessions",
  });
  expect([await isIn(there, html), await isIn(here, html), await isIn(other, html)]).toEqual([no, yes, yes]);
  here.come();
  expect(await pageOf(ProfilePage)).not.toContain("Sign out everywhere else");
});
