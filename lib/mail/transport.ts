/** Hands mails to an SMTP server: pooled, every wait bounded, every failure told apart by whether trying again helps. */
import { createTransport } from "nodemailer";

/** Milliseconds. */
const LIMITS = {
  dnsTimeout: 5_000,
  connectionTimeout: 10_000,
  greetingTimeout: 10_000,
  socketTimeout: 20_000,
};
const POOL = {
  pool: true,
  maxConnections: 3,
  // A cut connection is for our own queue to try again.
  maxRequeues: 0,
  // Nothing in a mail may name a file or an address to fetch.
  disableFileAccess: true,
  disableUrlAccess: true,
};
/** Longest time that one mail may take, whatever the server does. */
const WHOLE_MS = 45_000;

export interface Letter {
  readonly messageId: string;
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly replyTo: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;
}

export type Delivery =
  | { readonly status: "sent" }
  /** `temporary`: trying later may help. Otherwise the server said no for good. */
  | { readonly status: "refused"; readonly temporary: boolean; readonly reason: string };

export interface Transport {
  deliver(letter: Letter): Promise<Delivery>;
  close(): void;
}

const open = new Map<string, Transport>();

/** The transport of an address like smtp://user:password@host:587; one pool for each, kept. */
export function transportTo(
  url: string,
  limits: Partial<typeof LIMITS> & { whole?: number } = {},
): Transport {
  const known = open.get(url);
  if (known) return known;
  const transport = connectTo(url, limits);
  open.set(url, transport);
  return transport;
}

/** Closes the pools of this process. */
export function closeTransports(): void {
  for (const transport of open.values()) transport.close();
  open.clear();
}

function connectTo(
  url: string,
  { whole = WHOLE_MS, ...limits }: Partial<typeof LIMITS> & { whole?: number },
): Transport {
  const address = new URL(url);
  // As part of the address, because next to an address createTransport reads no other option; one that stands there
  // already was chosen by whoever runs the shop.
  for (const [name, value] of Object.entries({ ...POOL, ...LIMITS, ...limits }))
    if (!address.searchParams.has(name)) address.searchParams.set(name, String(value));
  const pool = createTransport(address.href);
  return {
    deliver: async (letter) => {
      try {
        await within(whole, pool.sendMail(messageOf(letter)));
        return { status: "sent" };
      } catch (error) {
        return { status: "refused", temporary: !isForGood(error), reason: reasonOf(error) };
      }
    },
    close: () => pool.close(),
  };
}

/** Addresses as objects, which are not read as lists: a comma in one must not reach a second reader. */
const messageOf = ({ to, ...letter }: Letter) => ({
  ...letter,
  to: { name: "", address: to },
  headers: { ...letter.headers },
});

/** 5xx about this mail is final. About our sign-in or the connection it is not: settings can be mended. */
function isForGood(error: unknown): boolean {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (code === "EAUTH" || code === "ECONNECTION" || code === "ETLS") return false;
  return (
    typeof responseCode === "number" && responseCode >= 500 && responseCode < 600 && code !== "EPROTOCOL"
  );
}

function reasonOf(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  return said.replace(/\s+/g, " ").slice(0, 500);
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_done, failed) => {
    timer = setTimeout(() => failed(new Error(`the mail server took longer than ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
