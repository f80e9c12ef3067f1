import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { readProxies } from "../edge/client.mjs";
import { nameRequest } from "./request-id.mjs";

test("somebody who is none of our proxies cannot name a request", () => {
  const socket = new Socket();
  Object.defineProperty(socket, "remoteAddress", { value: "203.0.113.9" });
  const req = new IncomingMessage(socket);
  req.headers["x-request-id"] = "chosen-by-a-stranger";
  const id = nameRequest(req, new ServerResponse(req), readProxies("loopback, 10.0.0.0/8"));
  expect(id).toMatch(/^[0-9a-f]{12}$/);
  expect(req.headers["x-request-id"]).toBe(id);
});
