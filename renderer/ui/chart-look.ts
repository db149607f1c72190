import { useEffect, useState } from 'react';

/** The tokens a chart paints with, as `rgb()` text, because a canvas knows no variables. */
export type ChartLook = {
  ink: string;
  muted: string;
  line: string;
  lineStrong: string;
  surface: string;
  raised: string;
  accent: string;
  emerald: string;
  amber: string;
  ruby: string;
  quartz: string;
  /** The categorical ramp, 8 colours. */
  ramp: readonly string[];
  font: string;
  /** Pixels that 12 px are at the chosen text size. */
  size: number;
  isStill: boolean;
};

const stillQuery = '(prefers-reduced-motion: reduce)';
const darkQuery = '(prefers-color-scheme: dark)';
const contrastQuery = '(forced-colors: active)';

/** Paints one pixel with the colour and reads what came out: works for every colour notation the browser knows. */
function readColour(css: string, context: CanvasRenderingContext2D, probe: HTMLElement): string {
  probe.style.color = css;
  context.clearRect(0, 0, 1, 1);
  context.fillStyle = getComputedStyle(probe).color;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

/** With forced colours there are only the system's own: ground, text and highlight. */
function forced(name: string): string {
  if (name === 'surface' || name === 'raised') return 'Canvas';
  return name === 'accent' ? 'Highlight' : 'CanvasText';
}

function readLook(): ChartLook {
  const context = Object.assign(document.createElement('canvas'), { width: 1, height: 1 }).getContext('2d', {
    willReadFrequently: true,
  });
  const probe = document.body.appendChild(document.createElement('span'));
  // A transition would answer with the colour it starts from.
  probe.style.transition = 'none';
  const isForced = matchMedia(contrastQuery).matches;
  const colour = (name: string): string =>
    context ? readColour(isForced ? forced(name) : `var(--color-${name})`, context, probe) : 'gray';
  const look: ChartLook = {
    ink: colour('ink'),
    muted: colour('muted'),
    line: colour('line'),
    lineStrong: colour('line-strong'),
    surface: colour('surface'),
    raised: colour('raised'),
    accent: colour('accent'),
    emerald: colour('emerald'),
    amber: colour('amber'),
    ruby: colour('ruby'),
    quartz: colour('quartz'),
    ramp: [1, 2, 3, 4, 5, 6, 7, 8].map((place) => colour(`chart-${place}`)),
    font: getComputedStyle(document.body).fontFamily,
    size: (12 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16,
    isStill: matchMedia(stillQuery).matches || document.documentElement.dataset.motion === 'reduced',
  };
  probe.remove();
  return look;
}

/** The look of charts now; read again when the theme, the contrast or the wish for stillness changes. */
export function useChartLook(): ChartLook {
  const [look, setLook] = useState(readLook);
  useEffect(() => {
    const read = (): void => setLook(readLook());
    const queries = [stillQuery, darkQuery, contrastQuery].map((query) => matchMedia(query));
    const observer = new MutationObserver(read);
    for (const query of queries) query.addEventListener('change', read);
    observer.observe(document.documentElement, { attributeFilter: ['data-theme', 'data-motion', 'style'] });
    return () => {
      for (const query of queries) query.removeEventListener('change', read);
      observer.disconnect();
    };
  }, []);
  return look;
}
