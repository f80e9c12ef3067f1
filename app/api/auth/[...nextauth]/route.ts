// Auth.js's own door. What it would take for a fault of the shop is refused before.
import { NextRequest } from "next/server";
import { handlers } from "@/lib/auth";
import { keepWanted, refuseAddress } from "@/lib/auth-address";
import { oauthProviders } from "@/lib/auth-providers";
import { ownOrigins } from "@/lib/same-origin";

const asked = (answer: (request: NextRequest) => Promise<Response>) => async (request: NextRequest) => {
  const named = withOwnName(request);
  const refused = refuseAddress(named, ["credentials", ...oauthProviders().map(({ id }) => id)]);
  return refused ?? keepWanted(named, await answer(named));
};

/** Next names every request after the port it listens on; a provider compares the address with the one it was given. */
function withOwnName(request: NextRequest): NextRequest {
  // The name that this browser used, where that one is believed, stands behind the configured one.
  const origin = [...ownOrigins(request)].at(-1) ?? request.nextUrl.origin;
  return new NextRequest(request.nextUrl.href.replace(request.nextUrl.origin, origin), request);
}

export const GET = asked(handlers.GET);
export const POST = asked(handlers.POST);
