/** The mark: a cut stone from above, in the accent's three facets. */
export function Mark(props: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" className={props.className ?? 'size-5'} aria-hidden>
      <path className="fill-accent" d="M10 3h12l8 9-14 17L2 12z" />
      <path className="fill-on-accent opacity-45" d="M10 3h12l-3 9h-6z" />
      <path className="fill-on-accent opacity-20" d="M2 12h11l3 17z" />
      <path className="fill-ink opacity-25" d="M30 12H19l-3 17z" />
    </svg>
  );
}
