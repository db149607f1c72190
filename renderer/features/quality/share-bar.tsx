/** A share as a small bar; the count beside it says the same in figures. */
export function ShareBar({ share }: { share: number }) {
  return (
    <span aria-hidden className="h-1.5 w-10 shrink-0 overflow-hidden rounded-full bg-press">
      <span
        className="block h-full min-w-0.5 rounded-full bg-current opacity-60"
        style={{ width: `${Math.min(100, 100 * share)}%` }}
      />
    </span>
  );
}
