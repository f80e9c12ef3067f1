/** Which entries of the audit log can be taken back. */
import { isGone } from "./audit";

type Fields = Readonly<Record<string, unknown>>;

interface Entry {
  readonly subject: string;
  readonly action: string;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

/** Changes whose fields get their old values again: services/audit-revert has a line for each. */
const revertActions = [
  "accounts.role",
  "category.edit",
  "category.move",
  "customer.membership",
  "discount.deactivate",
  "discount.edit",
  "inventory.backorder",
  "inventory.threshold",
  "membership.edit",
  "owner.commission",
  "owner.shop",
  "page.edit",
  "product.edit",
  "product.schedule",
  "rate.deactivate",
  "rate.edit",
  "review.moderate",
  "review.reply",
  "settings.edit",
  "staff.activate",
  "staff.deactivate",
  "synonyms.change",
  "tax_class.edit",
  "tax_rate.edit",
  "variant.edit",
  "zone.edit",
] as const;
export type RevertAction = (typeof revertActions)[number];

/** Changes of a count by hand: a movement the other way round takes them back. */
const stockActions: readonly string[] = [
  "inventory.adjust",
  "inventory.count",
  "inventory.restock",
  "inventory.set",
];

/** Subjects that come back after they were deleted, with a field that only an entry of the whole row has. */
const restoreSubjects = {
  categories: "version",
  discounts: "version",
  membership_tiers: "version",
  shipping_rates: "version",
  shipping_zones: "version",
  synonyms: "terms",
  tax_classes: "version",
  tax_rates: "version",
} as const;
export type RestoreSubject = keyof typeof restoreSubjects;

const isRestorable = (subject: string): subject is RestoreSubject => Object.hasOwn(restoreSubjects, subject);

/** The subject of an entry that deleted a row and has the whole of it; undefined for every other entry. */
export function restoreSubjectOf({
  subject,
  action,
  before,
}: Omit<Entry, "after">): RestoreSubject | undefined {
  if (!isGone(action) || !isRestorable(subject)) return undefined;
  return before?.[restoreSubjects[subject]] ? subject : undefined;
}

/** The action of an entry that changed fields which can be put back; undefined for every other entry. */
export function revertActionOf({ action, before, after }: Omit<Entry, "subject">): RevertAction | undefined {
  const known = revertActions.find((each) => each === action);
  return before && after && Object.keys(after).length > 0 ? known : undefined;
}

/** By how many items an entry changed a count by hand; undefined for every other entry. */
export function stockDeltaOf({ action, before, after }: Omit<Entry, "subject">): number | undefined {
  const delta = Number(after?.onHand) - Number(before?.onHand);
  return stockActions.includes(action) && delta ? delta : undefined;
}

/** Whether a moment that an entry set or unset has come: nobody puts back what was to happen by then. */
export function isOver({ before, after }: Pick<Entry, "before" | "after">, now: Date): boolean {
  const moments = [before?.schedule, after?.schedule].flatMap((schedule) => Object.values(schedule ?? {}));
  return moments.some((at) => at !== null && new Date(at) <= now);
}

/** Whether an entry changed or deleted something that can be put back at `now`. */
export const canRevert = (entry: Entry, now: Date): boolean =>
  Boolean(restoreSubjectOf(entry) ?? revertActionOf(entry) ?? stockDeltaOf(entry)) && !isOver(entry, now);
