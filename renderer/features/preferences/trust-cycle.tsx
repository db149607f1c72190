import type { TrustFinding } from '../../../shared/features/preferences/trust.model.ts';
import { cycleText, letterOf } from './trust-words.ts';

/** More answers than this are not drawn: their letters would touch. */
const mostDrawn = 8;
const size = 112;
const middle = size / 2;
const radius = 40;
const stone = 12;

function pointOf(at: number, count: number): { x: number; y: number } {
  const angle = (2 * Math.PI * at) / count - Math.PI / 2;
  return { x: middle + radius * Math.cos(angle), y: middle + radius * Math.sin(angle) };
}

function Arrow({ from, to }: { from: { x: number; y: number }; to: { x: number; y: number } }) {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const [dx, dy] = [(to.x - from.x) / length, (to.y - from.y) / length];
  const [x1, y1] = [from.x + dx * (stone + 2), from.y + dy * (stone + 2)];
  const [x2, y2] = [to.x - dx * (stone + 3), to.y - dy * (stone + 3)];
  const [left, right] = [
    [x2 - dx * 6 - dy * 4, y2 - dy * 6 + dx * 4],
    [x2 - dx * 6 + dy * 4, y2 - dy * 6 - dx * 4],
  ] as const;
  return (
    <g className="fill-muted stroke-muted">
      <line x1={x1} y1={y1} x2={x2} y2={y2} strokeWidth="1.5" />
      <polygon points={`${x2},${y2} ${left.join()} ${right.join()}`} strokeWidth="0" />
    </g>
  );
}

/** Answers each better than the next and the last better than the first: drawn as a circle, and told in words. */
export function CyclePicture({ cycle }: { cycle: NonNullable<TrustFinding['cycle']> }) {
  const { answers, isShortest } = cycle;
  const count = answers.length;
  return (
    <div className="mt-2 flex flex-wrap items-center gap-x-5 gap-y-2">
      {count <= mostDrawn && (
        <svg viewBox={`0 0 ${size} ${size}`} className="size-28 shrink-0" aria-hidden>
          {answers.map(({ pairId }, at) => (
            <Arrow key={pairId} from={pointOf(at, count)} to={pointOf((at + 1) % count, count)} />
          ))}
          {answers.map(({ pairId }, at) => {
            const { x, y } = pointOf(at, count);
            return (
              <g key={pairId}>
                <circle cx={x} cy={y} r={stone} className="fill-accent-soft stroke-accent-line" />
                <text
                  x={x}
                  y={y}
                  textAnchor="middle"
                  dominantBaseline="central"
                  className="fill-accent-ink text-xs font-semibold"
                >
                  {letterOf(at)}
                </text>
              </g>
            );
          })}
        </svg>
      )}
      <div className="min-w-0 flex-1 basis-64">
        <p className="text-sm font-medium">
          {cycleText(count)}
          {!isShortest && <span className="font-normal text-muted"> (there may be a shorter way round)</span>}
        </p>
        <ol className="mt-1 space-y-0.5">
          {answers.map(({ preview, pairId }, at) => (
            <li key={pairId} className="flex min-w-0 gap-2 text-sm">
              <span className="shrink-0 font-medium text-accent-ink">{letterOf(at)}</span>
              <span className="min-w-0 truncate text-muted" title={preview}>
                {preview}
              </span>
            </li>
          ))}
        </ol>
      </div>
    </div>
  );
}
