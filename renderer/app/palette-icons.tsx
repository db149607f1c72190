import {
  AppWindow,
  ArrowLeft,
  ArrowRight,
  ChartSpline,
  Columns2,
  CircleQuestionMark,
  Database,
  Folder,
  History,
  type LucideIcon,
  Scale,
  Undo2,
  Zap,
} from 'lucide-react';
import type { BoundCommand } from '../ui/commands.ts';
import { navigationEntries } from './navigation-entries.ts';

const byGroup: Record<string, LucideIcon> = {
  Datasets: Database,
  Preferences: Columns2,
  Judging: Columns2,
  Jobs: ChartSpline,
  Evals: Scale,
  Workspace: Folder,
  Edit: Undo2,
  View: AppWindow,
  Help: CircleQuestionMark,
};

const byId: Record<string, LucideIcon> = {
  'go.back': ArrowLeft,
  'go.forward': ArrowRight,
  'go.history': History,
};

/** The picture before a line of the palette: of the page it leads to, or of its group. */
export function PaletteIcon({ command }: { command: BoundCommand }) {
  const page = navigationEntries.find((entry) => entry.command === command.id);
  const Icon = page?.icon ?? byId[command.id] ?? byGroup[command.group] ?? Zap;
  return <Icon aria-hidden className="size-4 shrink-0 text-muted" />;
}
