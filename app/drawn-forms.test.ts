/** No form of ours has a field that its action would refuse: pages as they are drawn, and whatever the code of a form names. */
import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { z } from "zod";
import { cast } from "@/db/cast";
import { comeAs, type Page, pageOf } from "@/db/testing/front-door";
import { schemas } from "@/db/testing/next/action";
import { unknownFields } from "@/lib/known-fields";

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`);

// What has a name and is no field of a form.
const NO_FIELDS = new Set(["Packing slip", "checkout-address"]);
// Draws a key into a form of another file.
const HANDED_ON = "components/admin/product-table.tsx";
const ACTIONS = /import \{([^}]+)\} from "@\/lib\/actions\/([\w/-]+)"/g;

/** The schemas of the actions that a file uses. */
async function schemasOf(text: string): Promise<z.ZodType[]> {
  const found: z.ZodType[] = [];
  for (const [, names = "", file] of text.matchAll(ACTIONS)) {
    const made = await import(/* @vite-ignore */ `../lib/actions/${file}.ts`);
    for (const name of names.split(",").map((each) => each.trim().split(" as ")[0] ?? "")) {
      const schema = schemas[Number(made[name]?.$$FORM_ACTION?.().name.slice("$ACTION_ID_".length))];
      if (schema) found.push(schema);
    }
  }
  return found;
}

/** "orderId" and, of a row, "lines.0.quantity". */
const namesIn = (text: string): string[] =>
  [...text.matchAll(/\bname=(?:"([^"]+)"|\{`([^`]+)`\})/g)]
    .map(([, plain, pieced = ""]) => plain ?? pieced.replaceAll(/\$\{\w+\}/g, "0"))
    .filter((name) => !NO_FIELDS.has(name) && !name.includes("$"));

it("every field that the code of a form names is one of an action that the same file sends to", async () => {
  const strange: string[] = [];
  const read = new Set<z.ZodType>();
  for (const file of [...filesOf("components"), ...filesOf("app")].filter((name) => name.endsWith(".tsx"))) {
    const text = readFileSync(file, "utf8");
    const its = await schemasOf(text);
    for (const schema of its) read.add(schema);
    const more = [
      text.includes("<RequestKey") && file !== HANDED_ON && "requestKey",
      text.includes("<VersionField") && "version",
    ];
    for (const name of [...namesIn(text), ...more]) {
      if (!name || its.length === 0) continue;
      const form = new FormData();
      form.set(name, "");
      if (its.every((schema) => unknownFields(schema, form).length > 0)) strange.push(`${file}: ${name}`);
    }
  }
  expect(strange).toEqual([]);
  expect(read.size).toBeGreaterThan(140);
});

it("no page that is drawn for a guest, a customer, an owner or an admin has a form with a strange field", async () => {
  const { id } = await cast();
  const pages = filesOf("app").filter((file) => file.endsWith("/page.tsx") && !file.includes("["));
  const strange: string[] = [];
  const drawn = new Set<string>();
  for (const who of [null, id.ada, id.line, id.admin]) {
    await comeAs(who);
    for (const file of pages) {
      const { default: page }: { default: Page } = await import(/* @vite-ignore */ `../${file}`);
      try {
        for (const [name] of (await pageOf(page)).matchAll(/\$ACTION_ID_\d+/g)) drawn.add(name);
      } catch (error) {
        // Others lead elsewhere, or need a server of Next around them.
        if (/Its action has no field/.test(String(error))) strange.push(`${file}: ${error}`);
      }
    }
  }
  expect(strange).toEqual([]);
  expect(drawn.size).toBeGreaterThan(30);
});
