/** Every status machine of the shop, as the database's `status_transitions` table and its triggers hold them. */
import { reservationMachine } from "./inventory";
import { type Machine, pairsOf } from "./machine";
import { orderMachines } from "./orders";
import { paymentMachines } from "./payments";
import { payoutMachine } from "./payouts";
import { returnMachine } from "./returns";

export const machines: readonly Machine[] = [
  ...orderMachines,
  ...paymentMachines,
  returnMachine,
  payoutMachine,
  reservationMachine,
];

/** All legal (machine, from, to) rows. */
export const transitionRows = machines.flatMap(pairsOf);
