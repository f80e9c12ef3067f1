/** Alive: the process answers. Asks nobody else, so that a slow database never gets a healthy process killed. */
import { connection } from "next/server";

export async function GET(): Promise<Response> {
  await connection();
  return Response.json({ status: "live" }, { headers: { "Cache-Control": "no-store" } });
}
