/** Packing slips: what stands on the paper in a parcel. No prices: it may be a present. */

export interface SlipLine {
  readonly name: string;
  readonly title: string;
  readonly sku: string;
  /** All that belong to the order, and how many of them are in parcels already. */
  readonly pieces: number;
  readonly sent: number;
}

export interface Slip {
  readonly number: string;
  readonly placedAt: Date;
  readonly seller: string;
  /** The name of the delivery. */
  readonly delivery: string;
  readonly note: string | null;
  /** Line by line, as it is written on a parcel. */
  readonly to: readonly string[];
  readonly lines: readonly SlipLine[];
}

/** "2", or "1 of 2" where some left before. */
export const piecesText = ({ pieces, sent }: SlipLine): string =>
  sent > 0 && sent < pieces ? `${pieces - sent} of ${pieces}` : String(pieces);
