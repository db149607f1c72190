import { ArrowRight, FlaskConical, type LucideIcon, Plug, ShieldCheck, Upload } from 'lucide-react';
import { cx } from '../../ui/class-names.ts';
import { RowButton } from '../../ui/row-button.tsx';

/** One way in: what it is, what one gets, in a row that is one button. */
export function Door(props: {
  icon: LucideIcon;
  title: string;
  children: string;
  onPress: () => void;
  isPrimary?: boolean;
  isPending?: boolean;
}) {
  const Icon = props.icon;
  return (
    <RowButton
      onPress={props.onPress}
      isPending={props.isPending}
      className={cx(
        'group grid w-full cursor-default grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-4 rounded-md border px-4 py-3.5 text-left transition-colors',
        props.isPrimary
          ? 'border-accent-line bg-accent-soft hover:border-accent'
          : 'border-line-strong bg-surface hover:bg-hover',
      )}
    >
      <span
        className={cx(
          'flex size-9 items-center justify-center rounded-md border',
          props.isPrimary
            ? 'border-transparent bg-accent text-on-accent'
            : 'border-line-strong bg-sunken text-muted',
        )}
      >
        <Icon aria-hidden className="size-5" />
      </span>
      <span className="min-w-0">
        <span className="block text-base font-semibold">{props.title}</span>
        <span className="block text-sm text-pretty text-muted">{props.children}</span>
      </span>
      <ArrowRight
        aria-hidden
        className="size-4 text-muted transition-transform group-hover:translate-x-0.5"
      />
    </RowButton>
  );
}

/** What everyone should know before the first file: where data stays and what opens the network. */
export function PrivacyNote() {
  return (
    <p className="flex gap-2.5 text-sm text-pretty text-muted">
      <ShieldCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-emerald" />
      <span>
        Everything stays on this machine. Lapidary starts offline and sends nothing, not even usage counts.
        Data leaves only when you connect a provider, open the gate of a workspace and confirm each transfer:
        what, how much, to whom, for how much.
      </span>
    </p>
  );
}

/** The three ways in. */
export function Doors(props: {
  onDemo: () => void;
  isDemoPending: boolean;
  onImport: () => void;
  onConnect: () => void;
}) {
  return (
    <div className="grid gap-2.5">
      <Door
        icon={FlaskConical}
        title="Explore the demo project"
        onPress={props.onDemo}
        isPending={props.isDemoPending}
        isPrimary
      >
        Support tickets to sort and tools to choose, from import to a measured result. It trains on this
        machine, in minutes, for nothing.
      </Door>
      <Door icon={Upload} title="Import data" onPress={props.onImport}>
        A JSONL file of chats: see what is wrong with it, what it would cost, and train on it.
      </Door>
      <Door icon={Plug} title="Connect a provider" onPress={props.onConnect}>
        OpenAI or any server that speaks its API. The key goes to the keychain, never into a file.
      </Door>
    </div>
  );
}

/** The page of a machine that has seen no workspace yet. */
export function FirstRun(props: Parameters<typeof Doors>[0] & { onOpen: () => void }) {
  return (
    <div className="mx-auto grid min-h-full w-full max-w-2xl content-center gap-6 px-6 py-10">
      <div>
        <h1 className="text-2xl font-semibold tracking-tight text-balance">
          Fine-tune on your own machine, and know what came of it
        </h1>
        <p className="mt-2 max-w-prose text-base text-pretty text-muted">
          Cut the data, see the bill before it is one, train, and read whether the tuned model is better than
          the one you started from, with an interval and not a feeling.
        </p>
      </div>
      <Doors {...props} />
      <PrivacyNote />
      <p className="text-sm text-muted">
        Already have one?{' '}
        <RowButton
          onPress={props.onOpen}
          className="cursor-default rounded-sm text-accent-ink underline decoration-accent-line underline-offset-3 hover:decoration-current"
        >
          Open a workspace
        </RowButton>
      </p>
    </div>
  );
}
