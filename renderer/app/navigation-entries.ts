import {
  Activity,
  ChartSpline,
  Coins,
  Columns2,
  Database,
  House,
  type LucideIcon,
  Scale,
  Settings,
  ShieldCheck,
} from 'lucide-react';
import type { WindowCommandId } from '../../shared/features/settings/commands.ts';

export type NavigationEntry = {
  feature: string;
  label: string;
  path: string;
  icon: LucideIcon;
  command: WindowCommandId;
  /** False for what also works while no workspace is open. */
  needsWorkspace: boolean;
  /** Other pages that belong to it. */
  alsoAt?: readonly string[];
  /** Stands at the foot of the bar. */
  isLast?: boolean;
};

/** The features one can go to, by their word. An entry is shown once a screen is registered under its path. */
export const navigationEntries: readonly NavigationEntry[] = [
  { feature: 'workspaces', label: 'Home', path: '/', icon: House, command: 'go.home', needsWorkspace: false },
  {
    feature: 'datasets',
    label: 'Datasets',
    path: '/datasets',
    icon: Database,
    command: 'go.datasets',
    needsWorkspace: true,
  },
  {
    feature: 'preferences',
    label: 'Preferences',
    path: '/preferences',
    icon: Columns2,
    command: 'go.preferences',
    needsWorkspace: true,
  },
  {
    feature: 'costs',
    label: 'Costs',
    path: '/costs',
    icon: Coins,
    command: 'go.costs',
    needsWorkspace: true,
  },
  {
    feature: 'jobs',
    label: 'Jobs',
    path: '/jobs',
    icon: ChartSpline,
    command: 'go.jobs',
    needsWorkspace: true,
  },
  {
    feature: 'evals',
    label: 'Evals',
    path: '/evals',
    icon: Scale,
    command: 'go.evals',
    needsWorkspace: true,
    alsoAt: ['/reports'],
  },
  {
    feature: 'governance',
    label: 'Governance',
    path: '/governance',
    icon: ShieldCheck,
    command: 'go.governance',
    needsWorkspace: true,
    alsoAt: ['/egress', '/history'],
  },
  {
    feature: 'activity',
    label: 'Activity',
    path: '/activity',
    icon: Activity,
    command: 'go.activity',
    needsWorkspace: true,
    isLast: true,
  },
  {
    feature: 'settings',
    label: 'Settings',
    path: '/settings',
    icon: Settings,
    command: 'go.settings',
    needsWorkspace: false,
    isLast: true,
  },
];
