/** How long goods may be sent back and who pays for that; the same words wherever returns are offered. */
export function ReturnPolicy({ days }: { days: number }) {
  return (
    <p className="max-w-read text-quiet">
      {days > 0
        ? `Within ${days} days of its arrival you may send anything back. `
        : "Tell us if something is wrong with it. "}
      If it is our doing (damaged, wrong, late, not as described) we pay the postage; if you changed your
      mind, you do. The price goes back the way you paid once we have it.
    </p>
  );
}
