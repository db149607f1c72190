import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button, IconButton } from './button.tsx';
import { cx } from './class-names.ts';
import { ErrorLine } from './error-state.tsx';

const overlay =
  'fixed inset-0 z-40 flex justify-center bg-scrim p-6 transition-opacity entering:opacity-0 exiting:opacity-0';

const widths = { small: 'max-w-md', medium: 'max-w-xl', large: 'max-w-4xl' };

/** A modal window: for decisions and short forms, never over data one must read to decide. */
export function Dialog(props: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
  /** The row of buttons; the verb of the decision stands last. */
  actions?: ReactNode;
  width?: keyof typeof widths | undefined;
  /** False for what must be answered. */
  isDismissable?: boolean | undefined;
  role?: 'dialog' | 'alertdialog' | undefined;
}) {
  const isDismissable = props.isDismissable ?? true;
  return (
    <ModalOverlay
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      isDismissable={isDismissable}
      isKeyboardDismissDisabled={!isDismissable}
      className={cx(overlay, 'items-center')}
    >
      <Modal className={cx('w-full', widths[props.width ?? 'small'])}>
        <AriaDialog
          role={props.role ?? 'dialog'}
          className="flex max-h-[calc(100vh-3rem)] flex-col rounded-md bg-raised shadow-float outline-none"
        >
          <div className="flex items-start gap-4 px-5 pt-4">
            <Heading slot="title" className="min-w-0 flex-1 text-lg font-semibold text-balance">
              {props.title}
            </Heading>
            {isDismissable && (
              <IconButton label="Close" icon={<X aria-hidden />} onPress={props.onClose} className="-mr-2" />
            )}
          </div>
          <div className="min-h-0 flex-1 overflow-auto px-5 pt-2 pb-5 text-base">{props.children}</div>
          {props.actions && (
            <div className="flex flex-wrap items-center justify-end gap-2 border-t border-line px-5 py-3">
              {props.actions}
            </div>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** Asks before what costs money or cannot be undone; `verb` is the whole deed: "Delete 42 examples". */
export function ConfirmDialog(props: {
  title: string;
  verb: string;
  isOpen: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
  isDanger?: boolean | undefined;
  isPending?: boolean | undefined;
  error?: unknown;
}) {
  return (
    <Dialog
      title={props.title}
      isOpen={props.isOpen}
      onClose={props.onClose}
      role="alertdialog"
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button
            variant={props.isDanger ? 'danger' : 'primary'}
            onPress={props.onConfirm}
            isPending={props.isPending}
          >
            {props.verb}
          </Button>
        </>
      }
    >
      {props.children}
      {props.error ? <ErrorLine error={props.error} className="mt-3" /> : null}
    </Dialog>
  );
}

/** The dimmed ground of a modal that brings its own frame, e.g. the palette. */
export function TopModal(props: {
  label: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      isOpen={props.isOpen}
      onOpenChange={(isOpen) => !isOpen && props.onClose()}
      isDismissable
      className={cx(overlay, 'items-start pt-[12vh]')}
    >
      <Modal className="w-full max-w-2xl">
        <AriaDialog
          aria-label={props.label}
          className="flex max-h-[70vh] flex-col overflow-hidden rounded-md bg-raised shadow-float outline-none"
        >
          {props.children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
