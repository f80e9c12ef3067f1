/** Whether a request was sent by a page of this shop: another site's form must neither write nor take anything out. */
import { isOwnOrigin, originsOf } from "./edge/origin.mjs";
import { env } from "./env";

interface Asked {
  readonly headers: Pick<Headers, "get">;
}

/** Asked at the server's door already (lib/edge); asked again where something is written, which stands on its own. */
export function isSameOrigin({ headers }: Asked): boolean {
  const [origin, host, site] = ["origin", "host", "sec-fetch-site"].map((name) => headers.get(name));
  return isOwnOrigin({ origin, host, site }, env.SITE_URL);
}

/** The addresses under which this shop may be meant. */
export const ownOrigins = ({ headers }: Asked): Set<string> => originsOf(env.SITE_URL, headers.get("host"));
