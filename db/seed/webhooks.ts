/** The demo's webhooks: the newest events of its payment service, taken in as its webhook would have been. */
import { eventView } from "@/lib/gateway/gateway";
import { call } from "@/lib/gateway/stripe";
import { receive } from "@/lib/services/payments/receive";
import { systemActor } from "@/lib/system";

const NEWEST = 5;

/** Takes them in; each tells what was asked for before, and so changes nothing. */
export async function takeNewestEvents(): Promise<void> {
  const { data } = await call((api) => api.events.list({ limit: NEWEST }));
  for (const event of data.reverse()) await receive(systemActor("seed"), eventView(event));
}
