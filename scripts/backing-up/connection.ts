/** A connection for long work: PostgreSQL's own COPY in both directions, without the shop's limits of seconds. */
import { Client } from "pg";
import { unreachable } from "../launcher/database";

/** Runs `work` on a connection of its own. @throws Problem where the database cannot be reached */
export async function connected<T>(
  url: string,
  name: string,
  work: (client: Client) => Promise<T>,
): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 10_000,
  });
  // A connection that breaks between two statements; the next one says so.
  client.on("error", () => {});
  try {
    await client.connect();
  } catch (error) {
    throw unreachable(error, url);
  }
  try {
    // Values must be written as they will be read, whatever the database is set to.
    await client.query(`set client_encoding = 'UTF8'; set datestyle = 'ISO'; set intervalstyle = 'postgres';
      set extra_float_digits = 3; set bytea_output = 'hex'; set statement_timeout = 0; set lock_timeout = 0;
      set idle_in_transaction_session_timeout = 0`);
    return await work(client);
  } finally {
    await client.end().catch(() => {});
  }
}
