import { backdropOf, Picture } from "@/components/ui/picture";
import { formatMoney } from "@/lib/domain/money";
import { returnReasons } from "@/lib/domain/returns";
import type { StaffReturnLine } from "@/lib/queries/admin/returns";

/** What goes back, why, and what became of it. */
export function ReturnLines({ lines, currency }: { lines: readonly StaffReturnLine[]; currency: string }) {
  return (
    <ul>
      {lines.map((line) => (
        <li
          key={line.orderLineId}
          className="grid grid-cols-[3rem_minmax(0,1fr)_auto] items-center gap-x-4 border-t py-2.5 first:border-t-0"
        >
          <Picture
            src={line.imageKey && `/media/${line.imageKey}`}
            alt=""
            sizes="3rem"
            backdrop={backdropOf(line.imageBackdrop)}
          />
          <div>
            <p className="wrap-anywhere">
              <span className="font-semibold">{line.name}</span>
              {line.title && <span className="text-quiet"> {line.title}</span>}
            </p>
            <p className="text-s text-quiet">
              <span className="num">{line.sku}</span> · {returnReasons[line.reason].label}
            </p>
            {line.restocked + line.writtenOff > 0 && (
              <p className="num text-s text-quiet">
                {line.restocked} on the shelf, {line.writtenOff} written off
              </p>
            )}
          </div>
          <p className="num text-right">
            {line.quantity} × {formatMoney(line.paid, currency)}
          </p>
        </li>
      ))}
    </ul>
  );
}
