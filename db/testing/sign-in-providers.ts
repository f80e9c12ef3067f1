/** Google and GitHub for tests: one HTTP server that speaks their side of a sign-in, as strictly as they do. */
import { createHash, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** Who sits in front of the provider's page, as the provider knows them. */
export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly isVerified: boolean;
  /** GitHub only: an address that they show on their page there. */
  readonly shown?: string;
}

/** The shop as it is registered there. */
export const CLIENT = { id: "shop-at-the-provider", secret: "only for tests & so on" };

interface Asked {
  readonly person: Person;
  readonly redirectUri: string;
  readonly challenge: string;
  readonly nonce: string | undefined;
}

export type Providers = Awaited<ReturnType<typeof startProviders>>;

/** Starts it on a free port. `callbacks` are the addresses that were registered; any other is refused. */
export async function startProviders(callbacks: readonly string[]) {
  const codes = new Map<string, Asked>();
  const tokens = new Map<string, Person>();
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const told: string[] = [];
  let isDown = false;

  /** What the provider answers to the address that the shop sent the browser to; `person` agrees or says no. */
  function agree(address: string, person: Person | null): string {
    const { host, pathname, searchParams } = new URL(address);
    const [query, redirectUri] = [Object.fromEntries(searchParams), searchParams.get("redirect_uri") ?? ""];
    const isKnown =
      `${host}${pathname}` === "accounts.google.com/o/oauth2/v2/auth" ||
      `${host}${pathname}` === "github.com/login/oauth/authorize";
    if (!isKnown || query.client_id !== CLIENT.id || query.response_type !== "code")
      throw new Error(`The provider does not understand ${address}`);
    if (!callbacks.includes(redirectUri)) throw new Error(`redirect_uri_mismatch: ${redirectUri}`);
    if (query.code_challenge_method !== "S256") throw new Error("without PKCE");
    const answer = new URL(redirectUri);
    if (query.state) answer.searchParams.set("state", query.state);
    if (person) {
      const code = randomBytes(12).toString("hex");
      codes.set(code, { person, redirectUri, challenge: query.code_challenge ?? "", nonce: query.nonce });
      answer.searchParams.set("code", code);
    } else answer.searchParams.set("error", "access_denied");
    return answer.href;
  }

  async function exchange(request: IncomingMessage, isGoogle: boolean) {
    const form = new URLSearchParams(await text(request));
    const [, basic = ""] = (request.headers.authorization ?? "").split(" ");
    const given = Buffer.from(basic, "base64").toString().split(":").map(decodeForm);
    const asked = codes.get(form.get("code") ?? "");
    codes.delete(form.get("code") ?? "");
    const challenge = createHash("sha256")
      .update(form.get("code_verifier") ?? "")
      .digest("base64url");
    if (given[0] !== CLIENT.id || given[1] !== CLIENT.secret) return { error: "invalid_client" };
    if (!asked || asked.redirectUri !== form.get("redirect_uri") || asked.challenge !== challenge)
      return { error: "invalid_grant" };
    const token = randomBytes(12).toString("hex");
    tokens.set(token, asked.person);
    return {
      access_token: token,
      token_type: "bearer",
      ...(isGoogle && { expires_in: 3_599, id_token: idToken(asked) }),
    };
  }

  function idToken({ person, nonce }: Asked): string {
    const at = Math.floor(Date.now() / 1000);
    const claims = {
      iss: "https://accounts.google.com",
      aud: CLIENT.id,
      sub: person.id,
      email: person.email,
      email_verified: person.isVerified,
      name: person.name,
      nonce,
      iat: at,
      exp: at + 3_600,
    };
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const body = `${part({ alg: "RS256", kid: "1", typ: "JWT" })}.${part(claims)}`;
    return `${body}.${sign("sha256", Buffer.from(body), privateKey).toString("base64url")}`;
  }

  async function answer(request: IncomingMessage): Promise<object | undefined> {
    const bearer = (request.headers.authorization ?? "").replace(/^bearer /i, "");
    const person = tokens.get(bearer);
    switch (`${request.method} ${request.url}`) {
      case "GET /accounts.google.com/.well-known/openid-configuration":
        return DISCOVERY;
      case "POST /oauth2.googleapis.com/token":
        return exchange(request, true);
      case "POST /github.com/login/oauth/access_token":
        return exchange(request, false);
      case "GET /api.github.com/user":
        return (
          person && { id: Number(person.id), login: "octo", name: person.name, email: person.shown ?? null }
        );
      case "GET /api.github.com/user/emails":
        return (
          person && [
            { email: "other@example.com", primary: false, verified: true },
            { email: person.email, primary: true, verified: person.isVerified },
          ]
        );
    }
    return undefined;
  }

  const server = createServer(async (request, response) => {
    told.push(`${request.method} ${request.url}`);
    if (isDown) return void response.destroy();
    const said = await answer(request);
    response.writeHead(said ? ("error" in said ? 400 : 200) : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(said ?? { message: "Bad credentials" }));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    agree,
    /** What the shop asked for, in order. */
    told,
    setDown: (down: boolean) => {
      isDown = down;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const decodeForm = (part: string) => decodeURIComponent(part.replaceAll("+", " "));

/** As https://accounts.google.com/.well-known/openid-configuration says it. */
const DISCOVERY = {
  issuer: "https://accounts.google.com",
  authorization_endpoint: "https://accounts.google.com/o/oauth2/v2/auth",
  token_endpoint: "https://oauth2.googleapis.com/token",
  userinfo_endpoint: "https://openidconnect.googleapis.com/v1/userinfo",
  jwks_uri: "https://www.googleapis.com/oauth2/v3/certs",
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["RS256"],
  scopes_supported: ["openid", "email", "profile"],
  token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic"],
  code_challenge_methods_supported: ["plain", "S256"],
};
