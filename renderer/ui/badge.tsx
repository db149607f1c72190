import { CircleCheck, CircleX, FlaskConical, Info, TriangleAlert, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components';
import { cx } from './class-names.ts';

export type Tone = 'neutral' | 'accent' | 'emerald' | 'amber' | 'ruby' | 'quartz';

const tones: Record<Tone, string> = {
  neutral: 'border-line-strong bg-sunken text-muted',
  accent: 'border-accent-line bg-accent-soft text-accent-ink',
  emerald: 'border-emerald-line bg-emerald-soft text-emerald',
  amber: 'border-amber-line bg-amber-soft text-amber',
  ruby: 'border-ruby-line bg-ruby-soft text-ruby',
  quartz: 'border-quartz-line bg-quartz-soft text-quartz',
};

const inks: Record<Tone, string> = {
  neutral: 'text-muted',
  accent: 'text-accent-ink',
  emerald: 'text-emerald',
  amber: 'text-amber',
  ruby: 'text-ruby',
  quartz: 'text-quartz',
};

/** The text colour of a tone. */
export function toneInk(tone: Tone): string {
  return inks[tone];
}

const pictures = {
  emerald: CircleCheck,
  amber: TriangleAlert,
  ruby: CircleX,
  neutral: Info,
  accent: Info,
  quartz: FlaskConical,
};

/** The picture of a tone, so that meaning does not hang on colour; `label` when no words stand beside it. */
export function ToneIcon(props: { tone: Tone; label?: string | undefined; className?: string | undefined }) {
  const Picture = pictures[props.tone];
  return (
    <Picture
      {...(props.label ? { role: 'img', 'aria-label': props.label } : { 'aria-hidden': true })}
      className={cx('size-4 shrink-0', inks[props.tone], props.className)}
    />
  );
}

/** A short state or tag. */
export function Badge(props: {
  children: ReactNode;
  tone?: Tone;
  icon?: ReactNode;
  title?: string;
  className?: string;
}) {
  return (
    <span
      {...(props.title ? { title: props.title } : {})}
      className={cx(
        'inline-flex h-5 max-w-full shrink-0 items-center gap-1 rounded-sm border px-1.5 text-xs font-medium whitespace-nowrap [&_svg]:size-3',
        tones[props.tone ?? 'neutral'],
        props.className,
      )}
    >
      {props.icon}
      <span className="truncate">{props.children}</span>
    </span>
  );
}

/** Marks everything that practice made: not a real model's result. */
export function PracticeBadge() {
  return (
    <Badge
      tone="quartz"
      icon={<FlaskConical aria-hidden />}
      title="Made by the practice provider on this machine"
    >
      practice
    </Badge>
  );
}

/** A filter or a choice that can be taken away. */
export function Chip(props: { children: ReactNode; removeLabel: string; onRemove: () => void; tone?: Tone }) {
  return (
    <span
      className={cx(
        'inline-flex h-6 max-w-80 shrink-0 items-center rounded-sm border pl-2 text-xs font-medium',
        tones[props.tone ?? 'accent'],
      )}
    >
      <span className="truncate">{props.children}</span>
      <Button
        aria-label={props.removeLabel}
        onPress={props.onRemove}
        className="flex size-6 shrink-0 items-center justify-center rounded-sm hover:bg-press focus-inside"
      >
        <X aria-hidden className="size-3" />
      </Button>
    </span>
  );
}
