import { backdropOf, Picture } from "@/components/ui/picture";
import { formatMoney } from "@/lib/domain/money";

export interface SummaryLine {
  readonly id: string;
  readonly name: string;
  readonly variantTitle: string;
  readonly quantity: number;
  /** Minor units. */
  readonly subtotal: number;
  readonly imageKey: string | null;
  readonly imageBackdrop: string | null;
}

/** What is bought, each line with its picture. */
export function SummaryLines({ lines, currency }: { lines: readonly SummaryLine[]; currency: string }) {
  return (
    <ul className="grid gap-4">
      {lines.map((line) => (
        <li key={line.id} className="grid grid-cols-[4.5rem_minmax(0,1fr)_auto] items-center gap-4">
          <Picture
            src={line.imageKey && `/media/${line.imageKey}`}
            alt=""
            sizes="4.5rem"
            backdrop={backdropOf(line.imageBackdrop)}
          />
          <div className="min-w-0">
            <p className="wrap-anywhere font-semibold">{line.name}</p>
            <p className="text-s text-quiet">
              {line.variantTitle && <>{line.variantTitle} · </>}
              <span className="sr-only">Quantity </span>
              {line.quantity}
            </p>
          </div>
          <p className="num">{formatMoney(line.subtotal, currency)}</p>
        </li>
      ))}
    </ul>
  );
}
