import { StatusDot } from "@/components/ui/badge";
import type { Proof } from "@/lib/queries/admin/ledger";

/** What was checked and what came of it; a check that found something names the rows. */
export function ProofList({ proofs }: { proofs: readonly Proof[] }) {
  const groups = [...new Set(proofs.map(({ says }) => says))];
  return (
    <div className="grid gap-6">
      {groups.map((says) => (
        <section key={says} aria-label={says}>
          <h3 className="font-text text-m font-semibold tracking-normal">{says}</h3>
          <ul className="mt-2 border-t">
            {proofs
              .filter((proof) => proof.says === says)
              .map((proof) => (
                <ProofRow key={proof.title} proof={proof} />
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function ProofRow({ proof: { title, broken, ms } }: { proof: Proof }) {
  return (
    <li className="border-b py-2">
      <div className="flex items-baseline justify-between gap-4">
        <p className="wrap-anywhere">{title}</p>
        <p className="flex items-baseline gap-3 whitespace-nowrap text-s">
          <span className="num text-quiet max-sm:hidden">{ms} ms</span>
          {broken === null ? (
            <StatusDot>Not checked</StatusDot>
          ) : broken.length === 0 ? (
            <StatusDot tone="good">Holds</StatusDot>
          ) : (
            <StatusDot tone="signal">Broken</StatusDot>
          )}
        </p>
      </div>
      {broken && broken.length > 0 && (
        <ul className="mt-1 grid gap-1 text-s text-signal">
          {broken.map(({ subject, id, message }) => (
            <li key={`${subject} ${id} ${message}`} className="wrap-anywhere">
              {subject} <span className="num">{id}</span>: {message}
            </li>
          ))}
        </ul>
      )}
      {broken === null && (
        <p className="mt-1 text-s text-quiet">
          It takes longer than a page may. <code>npm run doctor</code> has the time.
        </p>
      )}
    </li>
  );
}
