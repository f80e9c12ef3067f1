/** A description is written with headings, lists and links, pictures are dropped and pasted, and the shop shows all of it. */
import sharp from "sharp";
import { signIn } from "./admin-steps";
import { axe, expect, test } from "./fixtures";

const picture = async (background: string) =>
  (
    await sharp({ create: { width: 300, height: 300, channels: 3, background } })
      .png()
      .toBuffer()
  ).toString("base64");

test("a description is formatted, what is pasted is cleaned, and pictures come by drop and by paste", async ({
  page,
  plainPage,
  newVisitor,
}) => {
  test.slow();
  const name = `Written Bowl ${Date.now()}`;
  await signIn(page, "line@example.com", "/admin/products/new");
  await page.getByLabel("Name", { exact: true }).fill(name);
  await page.getByLabel("Price, EUR", { exact: true }).fill("24.50");
  await page.getByRole("button", { name: "Begin" }).click();
  await expect(page.getByText("The draft is begun.")).toBeVisible();

  const sheet = page.getByRole("textbox", { name: "Description" });
  await sheet.click();
  await page.getByRole("button", { name: "Heading", exact: true }).click();
  await page.keyboard.type("How it is made");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Bold", exact: true }).click();
  await page.keyboard.type("Thrown");
  await page.getByRole("button", { name: "Bold", exact: true }).click();
  await page.keyboard.type(" by hand");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "List", exact: true }).click();
  await page.keyboard.type("Stoneware");
  await page.keyboard.press("Enter");
  await page.keyboard.type("See the makers");
  await page.keyboard.press("Shift+Home");
  await page.getByRole("button", { name: "Link", exact: true }).click();
  await page.getByLabel("Address of the link").fill("example.com/makers");
  await page.getByLabel("Address of the link").press("Enter");
  await page.keyboard.press("Control+End");
  await sheet.evaluate((element) => {
    const data = new DataTransfer();
    data.setData(
      "text/html",
      '<div style="color:red"><script>document.title="broken"</script><h1 onclick="x()">Care</h1><p>Rinse it<img src="x" onerror="x()"></p></div>',
    );
    element.dispatchEvent(
      new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }),
    );
  });
  await expect(sheet.getByRole("heading", { level: 2, name: "Care" })).toBeVisible();
  await expect(sheet.locator("script, img, div, [onclick], [style]")).toHaveCount(0);
  await axe(page);

  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await expect(sheet.getByRole("link", { name: "See the makers" })).toBeVisible();

  const pictures = page.getByRole("region", { name: "Pictures" });
  const give = async (how: "drop" | "paste", data: string) =>
    pictures.locator("[data-drop]").evaluate(
      (zone, { way, base64 }) => {
        const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
        const transfer = new DataTransfer();
        transfer.items.add(new File([bytes], "bowl.png", { type: "image/png" }));
        const init = { bubbles: true, cancelable: true };
        if (way === "paste") {
          document.body.dispatchEvent(new ClipboardEvent("paste", { ...init, clipboardData: transfer }));
          return;
        }
        for (const type of ["dragover", "drop"])
          zone.dispatchEvent(new DragEvent(type, { ...init, dataTransfer: transfer }));
      },
      { way: how, base64: data },
    );
  await give("drop", await picture("#aa3311"));
  await expect(pictures.getByRole("listitem")).toHaveCount(1);
  await give("paste", await picture("#1133aa"));
  await expect(pictures.getByRole("listitem")).toHaveCount(2);

  // Without scripts it is a textarea with what stands there, and it saves as well.
  await signIn(plainPage, "line@example.com", "/admin/products");
  await plainPage.goto(page.url());
  const plain = plainPage.getByLabel(/^Description/).first();
  await expect(plain).toHaveValue(/<h2>How it is made<\/h2>/);
  await plain.fill(`${await plain.inputValue()}<p>Made <i>here</i><script>x()</script></p>`);
  await plainPage.getByRole("button", { name: "Save", exact: true }).click();
  await expect(plainPage.getByText("Saved.", { exact: true })).toBeVisible();
  for (const [i, words] of ["A red bowl", "A blue bowl"].entries()) {
    await plainPage.getByLabel("What it shows").nth(i).fill(words);
    await plainPage.getByRole("button", { name: `Keep the words for picture ${i + 1}` }).click();
    await expect(plainPage.getByText("The pictures are saved.")).toBeVisible();
  }
  await plainPage.getByRole("combobox", { name: "Status", exact: true }).selectOption("active");
  await plainPage.getByRole("button", { name: "Save", exact: true }).click();
  await expect(plainPage.getByText("The shop shows it already.")).toBeVisible();

  const visitor = await newVisitor();
  await visitor.goto(`/p/${await plainPage.getByLabel("Address").inputValue()}`);
  const main = visitor.getByRole("main");
  await expect(main.getByRole("heading", { name: "How it is made" })).toBeVisible();
  await expect(main.getByRole("heading", { name: "Care" })).toBeVisible();
  await expect(main.getByRole("listitem").filter({ hasText: "Stoneware" })).toBeVisible();
  await expect(main.getByRole("link", { name: "See the makers" })).toHaveAttribute(
    "href",
    "https://example.com/makers",
  );
  await expect(main.getByText("Thrown", { exact: true })).toHaveJSProperty("tagName", "B");
  await expect(main.getByText("here", { exact: true })).toHaveJSProperty("tagName", "I");
  await expect(main.getByText("x()")).toHaveCount(0);
  await expect(visitor.getByAltText("A blue bowl").first()).toBeVisible();
});
