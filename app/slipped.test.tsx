/** What is shown where a page broke: the number of the error, a way on, and nothing else of the error. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ReactElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { type Page, pageOf, wordsOf } from "@/db/testing/front-door";
import { errorPage } from "@/lib/csp/error-page.mjs";
import ErrorPage from "./error";
import GlobalError from "./global-error";
import SomethingSlipped from "./something-slipped/page";

// The faces are the bundler's.
vi.mock("./fonts", () => ({ display: { variable: "" }, text: { variable: "" } }));

const SECRET = "relation carts of postgres://shop:hunter2@db does not exist";
const broken = (digest?: string) => Object.assign(new Error(SECRET), digest ? { digest } : {});
const draw = (page: ReactElement) => renderToStaticMarkup(page);

/** What every one of them must say, and must not. */
function check(html: string, number: string | null): void {
  const words = wordsOf(html);
  expect(words).toContain("Something slipped on our side.");
  expect(words).toContain("Nothing was charged and nothing in your cart is lost.");
  // A plain link: it loads the page anew, whatever is left of the scripts.
  expect(html).toMatch(/<a href="\/"[^>]*>To the front page<\/a>/);
  if (number) expect(words).toContain(number);
  for (const told of ["carts", "hunter2", "Error:", "slipped.test", " at "]) expect(html).not.toContain(told);
}

it.each([
  ["inside its frame", (error: Error) => <ErrorPage error={error} reset={() => {}} />],
  ["with its frame", (error: Error) => <GlobalError error={error} />],
])("a page that broke in the browser, %s", (_, page) => {
  check(draw(page(broken("2718281828"))), "2718281828");
  const unnumbered = draw(page(broken()));
  check(unnumbered, null);
  expect(wordsOf(unnumbered)).not.toMatch(/[Nn]umber/);
});

it("one that broke inside its frame can be tried again, where scripts run", () => {
  const html = draw(<ErrorPage error={broken("1")} reset={() => {}} />);
  expect(html).toMatch(/<button type="button" class="[^"]*\bhidden scripted:inline-flex[^"]*">Try again</);
});

it("a page that broke on the server: the request's number, or the error's, is written over the dashes", async () => {
  const dist = mkdtempSync(join(tmpdir(), "slipped-"));
  try {
    mkdirSync(join(dist, "server/app"), { recursive: true });
    const page = await pageOf(SomethingSlipped as unknown as Page);
    writeFileSync(join(dist, "server/app/something-slipped.html"), `${page}<script>broken()</script>`);
    const hollow = `<html id="__next_error__"><script>push("{\\"digest\\":\\"2718281828\\",\\"message\\":\\"${SECRET}\\"}")</script>`;
    const sent = errorPage(dist, hollow, "req-31415");
    check(sent, "If you write to us, name this number: req-31415");
    expect(sent).not.toContain("<script");
    check(errorPage(dist, hollow), "name this number: 2718281828");
    check(errorPage(dist, ""), "name this number: unknown");
  } finally {
    rmSync(dist, { recursive: true });
  }
});
