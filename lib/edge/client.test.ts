import { expect, test } from "vitest";
import { clientOf, networkOf, readProxies } from "./client.mjs";

const near = readProxies(undefined);
const far = readProxies("10.0.0.7, 172.18.0.0/16 loopback");

test.each([
  ["straight from outside: the header is anybody's", "203.0.113.9", "1.2.3.4", near, "203.0.113.9"],
  ["a proxy of this machine appends what it saw", "127.0.0.1", "203.0.113.9", near, "203.0.113.9"],
  [
    "what the client sent before it is not believed",
    "127.0.0.1",
    "1.2.3.4, 203.0.113.9",
    near,
    "203.0.113.9",
  ],
  ["a private network is not ours unless told", "10.0.0.7", "1.2.3.4", near, "10.0.0.7"],
  ["two proxies in a row", "172.18.0.2", "1.2.3.4, 203.0.113.9, 10.0.0.7", far, "203.0.113.9"],
  ["another network appends in vain", "172.19.0.2", "203.0.113.9", far, "172.19.0.2"],
  ["IPv4 in IPv6", "::ffff:127.0.0.1", "::ffff:203.0.113.9", near, "203.0.113.9"],
  ["IPv6", "::1", "2001:db8::1", near, "2001:db8::1"],
  ["nothing in the header", "127.0.0.1", undefined, near, "127.0.0.1"],
  ["rubbish in the header", "127.0.0.1", "evil, <script>", near, "127.0.0.1"],
  ["rubbish behind a proxy", "127.0.0.1", "203.0.113.9, evil", near, "127.0.0.1"],
  ["nobody is trusted", "127.0.0.1", "203.0.113.9", readProxies("none"), "127.0.0.1"],
])("%s", (_what, remote, forwarded, proxies, client) => {
  expect(clientOf(remote, forwarded, proxies)).toBe(client);
});

test.each(["evil", "10.0.0.0/33", "10.0.0.0/0", "::/200", "10.0.0.0/x"])("%s is no proxy", (text) => {
  expect(() => readProxies(text)).toThrow(text);
});

test.each([
  ["203.0.113.9", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["unknown", "unknown"],
])("%s is counted as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});
