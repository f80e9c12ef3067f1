// @ts-check
/**
 * Who is really asking: the address of the connection or, where that is one of our own proxies, the one that it
 * names. A header that anybody can send is believed from those proxies alone.
 */
import { BlockList, isIP } from "node:net";

/** What may stand in TRUSTED_PROXIES beside addresses and networks. @type {Record<string, string[]>} */
const NAMES = {
  loopback: ["127.0.0.0/8", "::1/128"],
  private: ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
  none: [],
};

/**
 * The proxies of a setting like "loopback, 10.0.0.7, 172.18.0.0/16".
 * @param {string | undefined} text
 * @returns {BlockList}
 * @throws where an entry is neither a name, an address nor a network
 */
export function readProxies(text) {
  const list = new BlockList();
  for (const entry of (text || "loopback").split(/[\s,]+/).filter(Boolean)) {
    for (const net of NAMES[entry] ?? [entry]) {
      const [address = "", bits] = net.split("/");
      const version = isIP(address);
      const size = bits === undefined ? (version === 4 ? 32 : 128) : Number(bits);
      if (!version || !Number.isInteger(size) || size < 1 || size > (version === 4 ? 32 : 128))
        throw new Error(`names ${entry}, which is no address, network, "loopback", "private" or "none"`);
      list.addSubnet(address, size, version === 4 ? "ipv4" : "ipv6");
    }
  }
  return list;
}

/**
 * The address of the client. Proxies append what they saw, so the list is read from its end: the first that is none of
 * ours is the client, and what stands before it was made up by the client or is nobody's business.
 * @param {string | undefined} remote the other end of the connection
 * @param {string | undefined} forwarded the header x-forwarded-for
 * @param {BlockList} proxies
 * @returns {string}
 */
export function clientOf(remote, forwarded, proxies) {
  let hop = plain(remote ?? "");
  const list = (forwarded ?? "").split(",").map((entry) => plain(entry.trim()));
  while (isOneOf(hop, proxies)) {
    const before = list.pop();
    if (before === undefined || !isIP(before)) break;
    hop = before;
  }
  return hop || "unknown";
}

/**
 * What is counted as one client: an IPv4 address, or the /64 network that one subscriber has of IPv6.
 * @param {string} address
 * @returns {string}
 */
export function networkOf(address) {
  if (isIP(address) !== 6) return address;
  const [head = "", tail = ""] = address.replace(/%.*$/, "").split("::");
  const left = head.split(":").filter(Boolean);
  const right = tail.split(":").filter(Boolean);
  const whole = address.includes("::")
    ? [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => "0"), ...right]
    : left;
  return `${whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(":")}::/64`;
}

/** @param {string} address */
export const isLoopback = (address) => isOneOf(address, LOOPBACK);

const LOOPBACK = readProxies("loopback");

/** An IPv4 address inside an IPv6 one is the IPv4 one. @param {string} address */
const plain = (address) => address.replace(/^::ffff:(?=\d+\.)/i, "");

/** @param {string} address @param {BlockList} list */
export function isOneOf(address, list) {
  const version = isIP(address);
  return version !== 0 && list.check(address, version === 4 ? "ipv4" : "ipv6");
}
