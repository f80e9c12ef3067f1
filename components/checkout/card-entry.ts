/** What both ways of asking for a card offer to the form around them. */
import type { Ref } from "react";
import type { Confirmed, OpenPayment } from "./sandbox-payment";

export interface CardEntry {
  /** Checks what can be checked here, shows it and leads to the first fault; true when it may be sent. */
  check(): Promise<boolean>;
  /** Sends the card to the gateway. Where the bank asks back, the answer says where to go. */
  confirm(open: OpenPayment, returnUrl: string): Promise<Confirmed>;
}

export interface CardEntryProps {
  ref: Ref<CardEntry>;
  /** Minor units. */
  amount: number;
  currency: string;
  publishableKey: string;
}

/** How the browser reaches the gateway. */
export interface GatewayView {
  readonly sandbox: boolean;
  readonly publishableKey: string;
}
