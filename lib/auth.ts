/** Signing in and out with Auth.js: the token in the cookie names a session, and only its row in the database counts. */
import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { returnCookie } from "./auth-address";
import { oauthWays } from "./auth-providers";
import { cookieFlags, cookieName, isSecure, readVisitor, setCartCount } from "./cookies";
import { keepDevice, readDevice } from "./device";
import { signInInput } from "./domain/accounts";
import { isShopError } from "./domain/errors";
import { requireEnv } from "./env";
import { log } from "./log";
import * as accounts from "./services/accounts";
import * as providers from "./services/providers";
import * as sessions from "./services/sessions";
import { getClient, userActor } from "./session";

/** The way in by password was refused; `cause` is the shop's own error. */
export class Refused extends CredentialsSignin {
  override code = "refused";
}

// Read when a request comes in: a build knows no secret.
export const { handlers, signIn, signOut } = NextAuth(() => config());

function config(): NextAuthConfig {
  const session = cookieName("session");
  const begun = { ...cookieFlags(), httpOnly: true, maxAge: 900 };
  return {
    secret: requireEnv("AUTH_SECRET"),
    trustHost: true,
    useSecureCookies: isSecure(),
    cookies: {
      sessionToken: { name: session, options: { ...cookieFlags(), httpOnly: true } },
      callbackUrl: returnCookie(),
      // What a sign-in elsewhere is known by when it comes back.
      state: { name: cookieName("oauth_state"), options: begun },
      pkceCodeVerifier: { name: cookieName("oauth_verifier"), options: begun },
    },
    session: { strategy: "jwt", maxAge: sessions.SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({ credentials: { email: {}, password: {} }, authorize: byPassword }),
      ...oauthWays(),
    ],
    callbacks: {
      async signIn({ user, account, profile }) {
        if (account?.type === "credentials") return true;
        try {
          const identity = await providers.prove({
            provider: account?.provider ?? "",
            providerAccountId: account?.providerAccountId ?? "",
            email: profile?.email ?? null,
            isVerified: profile?.email_verified === true,
            name: user.name ?? "",
          });
          // Handed on to `jwt` below, as `authorize` does.
          Object.assign(user, { id: identity.userId, sessionId: await openSession(identity) });
          return true;
        } catch (error) {
          if (isShopError(error)) return `/sign-in?error=${error.code}`;
          throw error;
        }
      },
      // The token says nothing but which session it is: no name, no role that could be out of date.
      jwt: ({ token, user }) => (user ? { sub: user.id, sid: user.sessionId } : token),
      // Nobody reads Auth.js's own session; /api/auth/session gives nothing away.
      session: ({ session: { expires } }) => ({ expires }),
    },
    events: {
      async signOut(message) {
        const sid = "token" in message ? message.token?.sid : undefined;
        if (typeof sid === "string") await sessions.end(sid);
      },
    },
    logger: {
      error: (error) => {
        if (!(error instanceof CredentialsSignin)) log.warn("sign-in failed", { error });
      },
      warn: () => {},
      debug: () => {},
    },
  };
}

async function byPassword(credentials: Partial<Record<"email" | "password", unknown>>) {
  const input = signInInput.safeParse(credentials);
  if (!input.success) throw new Refused();
  const { email, password } = input.data;
  const [{ ip }, device] = await Promise.all([getClient(), readDevice(email)]);
  try {
    const identity = await accounts.prove({ email, password, ip, device });
    if (!device) await keepDevice(email);
    return { id: identity.userId, sessionId: await openSession(identity) };
  } catch (error) {
    if (isShopError(error)) throw new Refused("refused", { cause: error });
    throw error;
  }
}

async function openSession(identity: accounts.Identity): Promise<string> {
  const { userAgent } = await getClient();
  const tokenHash = await readVisitor();
  const { sessionId, cartCount } = await accounts.signIn(userActor(identity), { tokenHash, userAgent });
  // Null: the second factor is still to come, and the cart with it.
  if (cartCount !== null) await setCartCount(cartCount);
  return sessionId;
}

declare module "next-auth" {
  interface User {
    sessionId?: string;
  }
}
