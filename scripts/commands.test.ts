import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { cast, guest, variantId } from "@/db/cast";
import { order } from "@/db/cast-orders";
import { sql } from "@/db/client";
import { startGateway } from "@/db/testing/gateway";
import { stateOf } from "@/db/testing/orders";
import { createIntent } from "@/lib/gateway/stripe";
import { command } from "./testing/command";
import { createUser } from "./user-create";

const folder = process.env.DATA_DIR ?? "";
beforeAll(async () => {
  await cast();
});

const COMMANDS = ["backup", "restore", "doctor", "export", "import", "reconcile", "user-create", "user-role"];

describe("every command", () => {
  it("says with --help what it does, its options and its exit codes", async () => {
    await Promise.all(
      COMMANDS.map(async (name) => {
        const { code, out } = await command(name, "--help");
        expect(code).toBe(0);
        expect(out).toContain(`npm run ${name.replace("user-", "user:")}`);
        expect(out).toContain("--help");
        expect(out).toMatch(/Exit codes?: 0|Ends with 0/);
      }),
    );
  });

  it.each(["export", "user-role"])(
    "%s refuses an option that there is not, without a stack",
    async (name) => {
      const { code, err } = await command(name, "--no-such-thing");
      expect(code).toBe(1);
      expect(err).toContain("--no-such-thing");
      expect(err).not.toMatch(/^ +at /m);
    },
  );
});

describe("user:create", () => {
  it("makes people of every role, and tells a made up password once", async () => {
    const owner = await command(
      "user-create",
      "--email",
      "Grace@Example.com",
      "--role",
      "owner",
      "--shop",
      "Loom",
    );
    expect(owner).toMatchObject({ code: 0, err: "" });
    expect(owner.out).toMatch(/Grace@Example\.com is an owner now\. The password is \w{20}/);
    const [row] =
      await sql`select u.role, o.name, u.password_hash from users u join owners o on o.user_id = u.id
      where lower(u.email) = 'grace@example.com'`;
    expect(row).toMatchObject({
      role: "owner",
      name: "Loom",
      password_hash: expect.stringContaining("argon2id"),
    });
  });

  it.each([
    [["--email", "nobody", "--role", "admin"], /--email must be an e-mail address/],
    [["--email", "x@example.com", "--role", "king"], /--role must be customer, owner or admin/],
    [["--email", "ada@example.com", "--role", "customer"], /ada|account|e-mail/i],
    [["--email", "x@example.com", "--role", "customer", "--password", "short"], /password|characters/i],
  ])("%j is refused with a sentence", async (args, sentence) => {
    await expect(createUser(args)).rejects.toThrow(sentence);
  });
});

describe("user:role", () => {
  it("changes a role, says what it was, and ends the sessions", async () => {
    const [ben] = await sql`select id from users where email = 'ben@example.com'`;
    await sql`insert into sessions (id, user_id, expires_at)
      values (gen_random_uuid(), ${String(ben?.id)}, shop_now() + interval '1 day')`;
    expect(await command("user-role", "--email", "BEN@example.com", "--role", "owner")).toMatchObject({
      code: 0,
      out: expect.stringContaining("was customer and has the role owner now"),
    });
    expect(await sql`select id from owners where user_id = ${String(ben?.id)}`).toHaveLength(1);
    const open = sql`select from sessions where user_id = ${String(ben?.id)} and revoked_at is null`;
    expect(await open).toHaveLength(0);
    const again = await command("user-role", "--email", "ben@example.com", "--role", "owner");
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining("has the role owner already") });
  });

  it.each([
    [["--email", "nobody@example.com", "--role", "admin"], /There is no account of nobody@example\.com/],
    [["--email", "ben@example.com", "--role", "king"], /Say whose role/],
    [["--role", "admin"], /Say whose role/],
  ])("%j is refused with a sentence", async (args, sentence) => {
    const { code, err } = await command("user-role", ...args);
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
  });
});

describe("export", () => {
  it("writes the goods of all or of one owner, where the person stands", async () => {
    expect(await command("export", "all.csv")).toMatchObject({ code: 0, err: "" });
    const all = readFileSync(join(folder, "all.csv"), "utf8");
    expect(all).toContain("tote-one");
    expect(all).toContain("mug-one");
    expect((await command("export", "-", "--owner", "ring")).out).not.toContain("mug-one");
    expect(existsSync(join(folder, "all.csv.part"))).toBe(false);
  });

  it("leaves an old file alone where it cannot be written, and says why", async () => {
    writeFileSync(join(folder, "old.csv"), "precious");
    expect(await command("export", "old.csv", "--owner", "nobody")).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no owner "nobody"'),
    });
    expect(readFileSync(join(folder, "old.csv"), "utf8")).toBe("precious");
    expect((await command("export")).code).toBe(1);
    const missing = await command("export", "no/such/folder.csv");
    expect([missing.code, missing.err]).toMatchObject([
      1,
      expect.stringContaining("no such file or directory"),
    ]);
  });
});

describe("reconcile", () => {
  it("says when the payment service cannot be asked, and refuses times that are none", async () => {
    expect(await command("reconcile")).toMatchObject({
      code: 2,
      err: expect.stringContaining("does not run"),
    });
    expect(await command("reconcile", "--since", "soon")).toMatchObject({
      code: 2,
      err: expect.stringContaining("--since soon is no time back"),
    });
  });

  it("heals what no webhook told with 0, and answers 1 for what it cannot heal", async () => {
    const gateway = await startGateway();
    try {
      const shopper = guest();
      const { orderId, number, total } = await order(shopper, [
        { variantId: await variantId("MUG"), quantity: 1 },
      ]);
      await gateway.turn("lose", { count: 1_000 });
      await gateway.pay(shopper, orderId);
      await gateway.settled();
      const healed = await command("reconcile", "--since", "1h");
      expect(healed).toMatchObject({ code: 0, err: "" });
      expect(healed.out).toMatch(/✓ {2}event +payment_intent\.succeeded: captured/);
      expect(healed.out).toMatch(/0 differ$/m);
      expect(await stateOf(orderId)).toMatchObject({ status: "confirmed", captured: total });
      const again = await command("reconcile", "--json");
      expect([again.code, JSON.parse(again.out)]).toMatchObject([0, { isComplete: true }]);

      const about = { paymentId: orderId, orderId, orderNumber: number, amount: total, currency: "EUR" };
      const stray = await createIntent({ ...about, idempotencyKey: `${orderId}:stray` });
      await gateway.confirm(stray.clientSecret ?? "");
      const wrong = await command("reconcile");
      expect(wrong.code).toBe(1);
      expect(wrong.out).toMatch(/✗ {2}intent.*took money[\s\S]*1 differs/);
    } finally {
      await gateway.close();
    }
  });
});

describe("backup", () => {
  it("writes a whole folder and says where, and leaves nothing where it cannot", async () => {
    const { code, out, err } = await command("backup", "--to", "kept", "--quiet");
    expect([code, err]).toEqual([0, ""]);
    const written = out.trim();
    expect(dirname(written)).toBe(join(folder, "kept"));
    const manifest = JSON.parse(readFileSync(join(written, "manifest.json"), "utf8"));
    expect(manifest.tables.length).toBeGreaterThan(50);
    expect(readdirSync(join(folder, "kept"))).toEqual([basename(written)]);

    writeFileSync(join(folder, "a-file"), "");
    const refused = await command("backup", "--to", "a-file");
    expect(refused.code).toBe(1);
    expect(refused.err).toContain("a-file");
    expect(refused.err).not.toMatch(/^ +at /m);
    expect((await command("backup", "--no-such-thing")).code).toBe(1);
  });
});
