/** Which path of the API is answered by what. */
import * as account from "./accounts";
import * as bank from "./bank";
import type { Answer, Call } from "./call";
import { confirmIntent } from "./confirming";
import * as connect from "./connect";
import * as disputes from "./disputes";
import * as intents from "./intents";
import * as refunds from "./refunds";
import * as sessions from "./sessions";

type Route = {
  method: "GET" | "POST";
  path: RegExp;
  run: (call: Call) => Answer;
  /** May be called by a browser with the publishable key. */
  open?: true;
};

const route = (method: "GET" | "POST", path: string, run: Route["run"], open?: true): Route => ({
  method,
  path: new RegExp(`^/v1/${path.replace(":id", "([A-Za-z0-9_]+)")}$`),
  run,
  ...(open ? { open } : {}),
});

const ROUTES: readonly Route[] = [
  route("POST", "payment_intents", intents.createIntent),
  route("GET", "payment_intents", intents.listIntents),
  route("GET", "payment_intents/:id", intents.retrieveIntent, true),
  route("POST", "payment_intents/:id", intents.updateIntent),
  route("POST", "payment_intents/:id/confirm", confirmIntent, true),
  route("POST", "payment_intents/:id/cancel", intents.cancelIntent),
  route("POST", "payment_intents/:id/capture", intents.captureIntent),
  route("POST", "checkout/sessions", sessions.createSession),
  route("GET", "checkout/sessions", sessions.listSessions),
  route("GET", "checkout/sessions/:id", sessions.retrieveSession),
  route("POST", "checkout/sessions/:id/expire", sessions.expireSession),
  route("POST", "refunds", refunds.createRefund),
  route("GET", "refunds", refunds.listRefunds),
  route("GET", "refunds/:id", refunds.retrieveRefund),
  route("POST", "refunds/:id", refunds.updateRefund),
  route("GET", "disputes", disputes.listDisputes),
  route("GET", "disputes/:id", disputes.retrieveDispute),
  route("POST", "disputes/:id", disputes.updateDispute),
  route("POST", "disputes/:id/close", disputes.acceptDispute),
  route("GET", "charges", account.listCharges),
  route("GET", "charges/:id", account.retrieveCharge),
  route("GET", "balance", account.readBalance),
  route("GET", "balance_transactions", account.listBalance),
  route("GET", "balance_transactions/:id", account.retrieveBalance),
  route("GET", "payouts", bank.listPayouts),
  route("GET", "payouts/:id", bank.retrievePayout),
  route("POST", "payment_methods", account.createMethod, true),
  route("GET", "payment_methods/:id", account.retrieveMethod),
  route("GET", "events", account.listEvents),
  route("GET", "events/:id", account.retrieveEvent),
  route("POST", "accounts", connect.createAccount),
  route("GET", "accounts/:id", connect.retrieveAccount),
  route("POST", "account_links", connect.createAccountLink),
  route("POST", "transfers", connect.createTransfer),
  route("GET", "transfers", connect.listTransfers),
  route("GET", "transfers/:id", connect.retrieveTransfer),
  route("POST", "transfers/:id/reversals", connect.reverseTransfer),
];

export function findRoute(method: string, path: string): { route: Route; id: string } | null {
  for (const candidate of ROUTES) {
    const match = candidate.method === method ? candidate.path.exec(path) : null;
    if (match) return { route: candidate, id: match[1] ?? "" };
  }
  return null;
}
