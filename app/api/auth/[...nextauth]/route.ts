// Auth.js's own door. What it would take for a fault of the shop is refused before.
import type { NextRequest } from "next/server";
import { handlers, oauthProviders } from "@/lib/auth";
import { refuseAddress } from "@/lib/auth-address";

const asked = (answer: (request: NextRequest) => Promise<Response>) => async (request: NextRequest) =>
  refuseAddress(request, ["credentials", ...oauthProviders().map(({ id }) => id)]) ?? answer(request);

export const GET = asked(handlers.GET);
export const POST = asked(handlers.POST);
