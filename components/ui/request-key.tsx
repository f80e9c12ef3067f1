import { randomUUID } from "node:crypto";

/** Names this drawing of a form: sent twice, it counts once. Only on pages that are drawn for each request. */
export function RequestKey() {
  return <input type="hidden" name="requestKey" value={randomUUID()} />;
}
