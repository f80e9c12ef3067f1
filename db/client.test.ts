import { expect, test } from "vitest";
import { connect, sql } from "./client";

const url = process.env.DATABASE_URL ?? "";
const socket = process.env.DATABASE_SOCKET;

/** Whether a pool's connections come over a Unix socket: those have no address. */
async function isLocal(pool: typeof sql): Promise<boolean> {
  const [row] = await pool<{ isLocal: boolean }[]>`SELECT inet_server_addr() IS NULL AS "isLocal"`;
  return row?.isLocal ?? false;
}

async function isLocalWith(options: { url?: string; socket?: string | undefined }): Promise<boolean> {
  const pool = connect(options.url ?? url, { max: 1, socket: options.socket });
  try {
    return await isLocal(pool);
  } finally {
    await pool.end();
  }
}

test("the embedded server is reached by its Unix socket, and by TCP where none is told", async () => {
  expect(socket).toBeTruthy();
  expect(await isLocal(sql)).toBe(true);
  expect(await isLocalWith({ socket })).toBe(true);
  expect(await isLocalWith({ url: url.replace("127.0.0.1", "localhost"), socket })).toBe(true);
  expect(await isLocalWith({})).toBe(false);
});

test("a socket of another server is not taken for the address that was told", async () => {
  expect(await isLocalWith({ socket: `${socket}0` })).toBe(false);
  expect(await isLocalWith({ socket: "" })).toBe(false);
});
