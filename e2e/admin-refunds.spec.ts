/** The list of refunds: what waits for a person is seen to in it, an owner sees their goods alone, and it works without scripts. */
import { orderByCash, signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

test("cash that could not be handed back is tried again from the list, with scripts and without", async ({
  newVisitor,
  browser,
}) => {
  test.slow();
  const { number, seller, other } = await orderByCash(9);
  const desk = await newVisitor();
  await signIn(desk, "admin@example.com", `/admin/orders/${number}`);
  await desk.getByLabel("Carrier").selectOption("DHL");
  await desk.getByRole("button", { name: "Ship", exact: true }).click();
  await expect(desk.getByText("The parcel is on its way")).toBeVisible();
  await desk.getByRole("button", { name: "It arrived" }).click();
  await expect(desk.getByText("The parcel arrived.")).toBeVisible();
  await expect(async () => {
    await desk.reload();
    expect(await desk.getByText("may still be refunded").isVisible()).toBe(true);
  }).toPass();
  await desk.getByText("Refund money").click();
  await desk.getByLabel(/^Pieces of/).fill("1");
  await desk.getByRole("textbox", { name: "Why" }).fill("A chip at the rim");
  await desk.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(desk.getByText("The refund is asked for")).toBeVisible();

  await desk.keyboard.press("Control+k");
  await desk.getByRole("combobox").fill("refunds");
  await desk.keyboard.press("Enter");
  await expect(desk.getByRole("heading", { level: 1, name: "Refunds" })).toBeVisible();
  await desk.goto("/admin");
  await desk.getByRole("link", { name: /refunds? to see to/ }).click();
  await expect(desk).toHaveURL(/view=to-do/);
  await desk.getByRole("searchbox").fill(number);
  await desk.getByRole("button", { name: "Search" }).click();
  await expect(desk.getByRole("row", { name: new RegExp(number) })).toContainText("A chip at the rim");
  await axe(desk);
  await desk.getByRole("button", { name: `It could not be of ${number}` }).click();
  await expect(desk.getByText("The cash stayed here")).toBeVisible();
  await expect(desk).toHaveURL(new RegExp(`q=${number}.*view=to-do`));
  await desk.getByRole("button", { name: `Try again of ${number}` }).click();
  await expect(desk.getByText("The refund is tried again.")).toBeVisible();
  await desk.getByRole("link", { name: /^All/ }).first().click();
  await expect(desk.getByRole("row", { name: new RegExp(number) })).toHaveCount(2);

  const plain = await browser.newContext({
    javaScriptEnabled: false,
    storageState: await desk.context().storageState(),
  });
  const plainPage = await plain.newPage();
  await plainPage.goto(`/admin/refunds?view=to-do&q=${number}`);
  await plainPage.getByRole("button", { name: `Cash was given back of ${number}` }).click();
  await expect(plainPage.getByText("It is in the books that the cash went back.")).toBeVisible();
  await expect(plainPage.getByText("No refunds here.")).toBeVisible();
  await plain.close();
  const file = await desk.request.get(`/admin/refunds/export.csv?list=${encodeURIComponent(`q=${number}`)}`);
  expect(file.headers()["content-type"]).toContain("text/csv");
  const lines = (await file.text()).trim().split("\r\n").slice(1);
  expect(lines.filter((line) => !line.startsWith(number))).toEqual([]);
  expect(lines.join()).toMatch(/Arrived.*Failed/);

  const owner = await newVisitor();
  await signIn(owner, seller, "/admin/refunds");
  await owner.goto(`/admin/refunds?q=${number}`);
  await expect(owner.getByRole("row", { name: new RegExp(number) })).toHaveCount(2);
  await expect(owner.getByRole("button", { name: /Try again|Cash was/ })).toHaveCount(0);
  await axe(owner);
  const foreign = await newVisitor();
  await signIn(foreign, other, "/admin/refunds");
  await foreign.goto(`/admin/refunds?q=${number}`);
  await expect(foreign.getByText("No refunds here.")).toBeVisible();
});
