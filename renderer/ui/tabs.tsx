import type { ReactNode } from 'react';
import { Tab, TabList, TabPanel, Tabs as AriaTabs } from 'react-aria-components';
import { cx } from './class-names.ts';

export type TabEntry = {
  id: string;
  label: string;
  /** Work to do behind the tab. */
  count?: number | undefined;
  content: ReactNode;
};

/** Tabs over parts of one thing. Give `selected` to keep the choice in the address. */
export function Tabs(props: {
  label: string;
  tabs: readonly TabEntry[];
  selected?: string | undefined;
  onSelect?: ((id: string) => void) | undefined;
  className?: string | undefined;
  panelClassName?: string | undefined;
}) {
  return (
    <AriaTabs
      {...(props.selected === undefined ? {} : { selectedKey: props.selected })}
      onSelectionChange={(key) => props.onSelect?.(String(key))}
      className={cx('flex min-h-0 min-w-0 flex-col', props.className)}
    >
      <TabList aria-label={props.label} className="flex shrink-0 gap-4 border-b border-line px-4">
        {props.tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            className={cx(
              '-mb-px flex h-8 cursor-default items-center gap-1.5 border-b-2 border-transparent text-sm text-muted',
              'hover:text-ink selected:border-accent selected:font-medium selected:text-ink focus-inside rounded-t-sm',
            )}
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="text-xs font-normal text-muted">{tab.count.toLocaleString()}</span>
            )}
          </Tab>
        ))}
      </TabList>
      {props.tabs.map((tab) => (
        <TabPanel
          key={tab.id}
          id={tab.id}
          className={cx('min-h-0 flex-1 overflow-auto focus-inside', props.panelClassName)}
        >
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
