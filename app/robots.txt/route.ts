import { connection } from "next/server";
import { env } from "@/lib/env";
import { told } from "@/lib/machines/stream";

/** What crawlers need not ask for: one person's pages, endless combinations, machine doors. */
const CLOSED = [
  "/account",
  "/admin",
  "/api/",
  "/browse/",
  "/cart",
  "/checkout",
  "/orders",
  "/sandbox/",
  "/search",
  "/wishlist",
  "/c/*?",
];

export async function GET(): Promise<Response> {
  await connection();
  const lines = [
    "User-agent: *",
    ...CLOSED.map((path) => `Disallow: ${path}`),
    "",
    `Sitemap: ${env.SITE_URL}/sitemap.xml`,
  ];
  return told(`${lines.join("\n")}\n`, "text/plain; charset=utf-8");
}
