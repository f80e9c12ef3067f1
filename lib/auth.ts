/** Signing in and out with Auth.js: the token in the cookie names a session, and only its row in the database counts. */
import NextAuth, { CredentialsSignin, type NextAuthConfig } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import GitHub from "next-auth/providers/github";
import Google from "next-auth/providers/google";
import { returnCookie } from "./auth-address";
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

/** Which providers are set up, for the buttons of the sign-in page. */
export function oauthProviders(): { id: "google" | "github"; name: string }[] {
  return [
    ...(hasKeys("GOOGLE") ? [{ id: "google", name: "Google" } as const] : []),
    ...(hasKeys("GITHUB") ? [{ id: "github", name: "GitHub" } as const] : []),
  ];
}

function hasKeys(name: "GOOGLE" | "GITHUB"): boolean {
  return Boolean(process.env[`AUTH_${name}_ID`] && process.env[`AUTH_${name}_SECRET`]);
}

function config(): NextAuthConfig {
  const session = cookieName("session");
  return {
    secret: requireEnv("AUTH_SECRET"),
    trustHost: true,
    useSecureCookies: isSecure(),
    cookies: {
      sessionToken: { name: session, options: { ...cookieFlags(), httpOnly: true } },
      callbackUrl: returnCookie(),
    },
    session: { strategy: "jwt", maxAge: sessions.SESSION_SECONDS },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({ credentials: { email: {}, password: {} }, authorize: byPassword }),
      ...(hasKeys("GOOGLE") ? [Google({})] : []),
      ...(hasKeys("GITHUB") ? [GitHub({})] : []),
    ],
    callbacks: {
      // The token says nothing but which session it is: no name, no role that could be out of date.
      async jwt({ token, user, account, profile }) {
        if (!user) return token;
        if (account?.type === "credentials") return { sub: user.id, sid: user.sessionId };
        const identity = await providers.prove({
          provider: account?.provider ?? "",
          providerAccountId: account?.providerAccountId ?? "",
          email: profile?.email ?? user.email ?? null,
          // Google says so itself; GitHub's provider reads the primary address, which GitHub verifies.
          isVerified: account?.provider === "github" || profile?.email_verified === true,
          name: user.name ?? "",
        });
        return { sub: identity.userId, sid: await openSession(identity) };
      },
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
