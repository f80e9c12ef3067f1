/** What becomes of a category's address: removed, hidden or never there, it leads to the nearest that is seen. */
import { eq } from "drizzle-orm";
import { beforeAll, beforeEach, expect, it } from "vitest";
import { type Cast, cast } from "@/db/cast";
import { db } from "@/db/client";
import { newId } from "@/db/id";
import { categories, products } from "@/db/schema/catalog";
import { comeAs, type Page, pageOf, sendForm, wordsOf } from "@/db/testing/front-door";
import { editCategory, emptyCategory, removeCategory } from "@/lib/actions/admin/catalog-tree";
import AdminCategories from "../../admin/categories/page";
import { GET } from "../../markdown/category/[...path]/route";
import BrowseRoute from "../browse/[...category]/page";
import NotFound from "../not-found";
import CategoryRoute from "./[...category]/page";

let world: Cast;
const [walls, framed] = [newId(), newId()];
beforeAll(async () => {
  world = await cast();
  await db.insert(categories).values([
    { id: walls, name: "Walls", slug: "walls", path: "objects/walls", parentId: world.id.category },
    { id: framed, name: "Framed", slug: "framed", path: "objects/walls/framed", parentId: walls },
    { id: newId(), name: "Rooms", slug: "rooms", path: "rooms" },
  ]);
});
beforeEach(() => comeAs(world.id.admin));

const office = (query = {}) => pageOf(AdminCategories, query);

/** What a shopper gets at an address: the words of its page, or where it leads. With a query it is the filtered twin. */
async function at(path: string, query?: Record<string, string>): Promise<string> {
  const back = await comeAs(null);
  const route = (query ? BrowseRoute : CategoryRoute) as unknown as Page;
  try {
    return wordsOf(await pageOf(route, query, { category: path.split("/") }));
  } catch (error) {
    return String((error as { digest?: unknown }).digest);
  } finally {
    back();
    await comeAs(world.id.admin);
  }
}

/** What a machine gets at the address of the same page as text: its head, or where it leads. */
async function told(path: string): Promise<string> {
  const address = new Request(`http://localhost:3000/c/${path}.md`);
  const answer = await GET(address, { params: Promise.resolve({ path: path.split("/") }) });
  const [head = ""] = (await answer.text()).split("\n");
  return [answer.status, answer.headers.get("location") ?? head].join(" ");
}
const hide = async (name: string, isHidden: boolean) =>
  sendForm(await office(), `Change ${name}`, editCategory, { isActive: isHidden ? [] : "on" });

it("a hidden one leads to the nearest above that is seen, for now, and is back with its address", async () => {
  expect(await at("objects/walls/framed")).toContain("Framed");
  await hide("Framed", true);
  expect(await at("objects/walls/framed")).toBe("NEXT_REDIRECT;replace;/c/objects/walls;307;");
  await hide("Walls", true);
  expect(await at("objects/walls/framed")).toBe("NEXT_REDIRECT;replace;/c/objects;307;");
  expect(await at("objects/walls/framed/page/3")).toBe("NEXT_REDIRECT;replace;/c/objects;307;");
  // Filters go along, a page does not; a hidden one is back tomorrow, so nobody keeps where it led.
  const asked = { stock: "1", sort: "price-up" };
  const twin = "/browse/objects?stock=1&sort=price-up";
  expect(await at("objects/walls/framed", { ...asked, page: "3" })).toBe(
    `NEXT_REDIRECT;replace;${twin};307;`,
  );
  expect(await told("objects/walls/framed")).toBe("307 /c/objects.md");
  expect(await told("objects/walls/framed/page/3")).toBe("307 /c/objects.md");
  await hide("Walls", false);
  await hide("Framed", false);
  expect(await at("objects/walls/framed")).toContain("Framed");
  expect(await at("objects/walls/framed", asked)).toContain("Framed");
  expect(await told("objects/walls/framed")).toBe("200 # Framed");
});

it("a removed one leads to the one above it, or to the one that took its goods, for good", async () => {
  await sendForm(await office(), 'aria-label="Remove Framed"', removeCategory);
  expect(await at("objects/walls/framed")).toBe("NEXT_REDIRECT;replace;/c/objects/walls;308;");
  const moved = "/browse/objects/walls?filter=size%3Asmall&page=2";
  expect(await at("objects/walls/framed", { filter: "size:small", page: "2" })).toBe(
    `NEXT_REDIRECT;replace;${moved};308;`,
  );
  expect(await told("objects/walls/framed")).toBe("308 /c/objects/walls.md");
  await db.update(products).set({ categoryId: walls }).where(eq(products.id, world.mug.id));
  const html = await office({ empty: walls });
  await sendForm(html, "Then remove Walls", emptyCategory, { targetId: world.id.category, remove: "on" });
  expect(await at("objects/walls")).toBe("NEXT_REDIRECT;replace;/c/objects;308;");
  expect(await at("objects/walls/framed")).toBe("NEXT_REDIRECT;replace;/c/objects;308;");
  expect(await at("objects/walls", { sort: "rating" })).toBe(
    "NEXT_REDIRECT;replace;/browse/objects?sort=rating;308;",
  );
  expect(await told("objects/walls/framed")).toBe("308 /c/objects.md");
});

it("one that never was, or is hidden with nothing above it, is not found, and the page says what there is", async () => {
  expect(await at("objects/nothing")).toBe("NEXT_HTTP_ERROR_FALLBACK;404");
  await hide("Rooms", true);
  expect(await at("rooms")).toBe("NEXT_HTTP_ERROR_FALLBACK;404");
  expect(await at("rooms", { sort: "rating" })).toContain("No line crosses here.");
  expect(await told("rooms")).toBe("404 Not found");
  const html = await pageOf(NotFound as unknown as Page);
  expect(wordsOf(html)).toContain("Or look around\nObjects");
  expect(html).toContain('href="/c/objects"');
  expect(html).toContain('id="missing-search"');
});
