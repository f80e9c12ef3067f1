/** Ready for traffic: 200, or 503 with the reason while stopping or without the database. */
import { connection } from "next/server";
import { readiness } from "@/lib/health";

export async function GET(): Promise<Response> {
  await connection();
  const status = await readiness();
  return Response.json(
    { status },
    { status: status === "ready" ? 200 : 503, headers: { "Cache-Control": "no-store" } },
  );
}
