import { existsSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { cast } from "@/db/cast";
import { sql } from "@/db/client";
import { fileOf } from "@/db/testing/imported";
import { command } from "../testing/command";

beforeAll(async () => {
  await cast();
});

const bringIn = (file: string, ...more: string[]) => command("import", file, "--no-images", ...more);
const slugs = async () =>
  (await sql<{ slug: string }[]>`select slug from products where slug like 'cli-%' order by 1`).map(
    ({ slug }) => slug,
  );

describe("import, of goods", () => {
  const good = "cli-cup,Cup,,,CLI-1,12.00,3,Cups\ncli-jug,Jug,,,CLI-2,24.00,1,Cups";
  const bad = `${good}\ncli-odd,Odd,,,CLI-3,cheap,1,Cups`;

  it("ends with 2 where rows are wrong, names them by line, and brings in the others", async () => {
    const tried = await bringIn(fileOf(bad), "--dry-run");
    expect([tried.code, tried.err]).toEqual([2, expect.not.stringMatching(/^ +at /m)]);
    expect(tried.out).toMatch(/✗ line 4 \(cli-odd\): .*cheap/);
    expect(tried.out).toContain("nothing was kept");
    expect(await slugs()).toEqual([]);

    const done = await bringIn(fileOf(bad));
    expect(done.code).toBe(2);
    expect(done.out).toMatch(/created +2 +2\n/);
    expect(done.out).toMatch(/failed +1 +1\n/);
    expect(done.out).toMatch(/✗ line 4 \(cli-odd\): .*cheap/);
    expect(await slugs()).toEqual(["cli-cup", "cli-jug"]);
  });

  it("ends with 0 where every row is in the shop, also when they were there already", async () => {
    const { code, out } = await bringIn(fileOf(good));
    expect(code).toBe(0);
    expect(out).toMatch(/unchanged +2 +2\n/);
  });

  it.each([
    ["a file of something else", () => [fileOf("1,2", "a,b")], /Handle|columns?/],
    ["an owner that there is not", () => [fileOf(good), "--owner", "nobody"], /nobody/],
    ["two files", () => [fileOf(good), fileOf(good)], /one file at a time/],
  ])("ends with 1 for %s, with a sentence and without a stack", async (_, args, sentence) => {
    const { code, err } = await command("import", ...args());
    expect(code).toBe(1);
    expect(err).toMatch(sentence);
    expect(err).not.toMatch(/^ +at /m);
  });
});

describe("import --undo", () => {
  const people = fileOf(
    "Grace,Hopper,grace@navy.example,no\nBad,Mail,not an address,no",
    "First Name,Last Name,Email,Accepts Email Marketing",
  );
  const orders = fileOf(
    "#1,ada@example.com,5.00,2026-03-01 09:00:00 +0000,1,Card,5.00\n#2,ada@example.com,free,2026-03-01 09:00:00 +0000,1,Card,5.00",
    "Name,Email,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price",
  );
  const counted = async () => {
    const [row] =
      await sql`select (select count(*)::int from users where email like '%@navy.example') as people,
      (select count(*)::int from former_orders) as orders`;
    return row;
  };

  it.each([
    ["customers", people, { people: 1, orders: 0 }, /✓ 1 account is as before, 0 left/],
    ["orders", orders, { people: 0, orders: 1 }, /✓ 1 order is as before, 0 left/],
  ])(
    "takes an import of %s back by the number that stands at its end",
    async (_, file, brought, sentence) => {
      const done = await command("import", file);
      expect(done.code).toBe(2);
      expect(done.out).toMatch(/✗ line 3/);
      expect(await counted()).toEqual(brought);
      const [, number = ""] = /npm run import -- --undo ([0-9a-f-]{36})/.exec(done.out) ?? [];

      const undone = await command("import", "--undo", number);
      expect(undone).toMatchObject({ code: 0, err: "", out: expect.stringMatching(sentence) });
      expect(await counted()).toEqual({ people: 0, orders: 0 });
      const [row] = await sql`select status from imports where id = ${number}`;
      expect(row).toEqual({ status: "undone" });

      expect(existsSync(file)).toBe(true);
    },
  );

  it("ends with 1 for an import of goods, which the browser takes back", async () => {
    const [goods] = await sql<{ id: string }[]>`select id from imports where format = 'columns' limit 1`;
    expect(await command("import", "--undo", goods?.id ?? "")).toMatchObject({
      code: 1,
      err: expect.stringMatching(/undo it under \/admin\/import/),
    });
  });
});
