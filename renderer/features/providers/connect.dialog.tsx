import { useState } from 'react';
import { type Connection, openAiBaseUrl } from '../../../shared/features/providers/providers.model.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox, RadioGroup } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { describeFailure } from '../../ui/failure.ts';
import { TextField } from '../../ui/text-field.tsx';
import { type NewConnection, useBaseUrlVerdict, useConnect, useKeyPlace } from './providers.queries.ts';

const empty: NewConnection = {
  kind: 'openai',
  name: 'OpenAI',
  baseUrl: openAiBaseUrl,
  apiKey: '',
  organization: null,
  project: null,
  isAddressConfirmed: false,
};

type FormProps = {
  wish: NewConnection;
  change: (patch: Partial<NewConnection>) => void;
  /** The field the core found fault with, and its words. */
  fault: { field: string | undefined; what: string } | null;
};

const faultAt = ({ fault }: FormProps, field: string): string | undefined =>
  fault?.field === field ? fault.what : undefined;

function Address(props: FormProps) {
  const { wish, change } = props;
  const verdict = useBaseUrlVerdict(wish.baseUrl).data;
  const isRefused = verdict?.verdict === 'refused' && wish.baseUrl !== '';
  return (
    <div className="space-y-2">
      <TextField
        label="Base URL"
        type="url"
        isMono
        value={wish.baseUrl}
        onChange={(baseUrl) => change({ baseUrl, isAddressConfirmed: false })}
        error={isRefused ? (verdict.reason ?? undefined) : faultAt(props, 'baseUrl')}
        description={verdict?.isUnencrypted ? undefined : 'Anything that speaks the OpenAI API.'}
      />
      {verdict?.verdict === 'fine' && verdict.reason && (
        <p role="status" className="rounded-md border border-amber-line bg-amber-soft px-3 py-2 text-sm">
          {verdict.reason}
        </p>
      )}
      {verdict?.verdict === 'confirm' && (
        <Checkbox
          isSelected={wish.isAddressConfirmed}
          onChange={(isAddressConfirmed) => change({ isAddressConfirmed })}
          description={verdict.reason ?? undefined}
        >
          Yes, this is my provider
        </Checkbox>
      )}
    </div>
  );
}

function Fields(props: FormProps) {
  const { wish, change } = props;
  const place = useKeyPlace().data?.keyStorage;
  return (
    <>
      <RadioGroup
        label="Provider"
        value={wish.kind}
        options={[
          { value: 'openai', label: 'OpenAI' },
          {
            value: 'compatible',
            label: 'Another one with the same API',
            description: 'Nebius, a proxy, a server of your own',
          },
        ]}
        onChange={(kind) =>
          change(
            kind === 'openai'
              ? { kind, name: 'OpenAI', baseUrl: openAiBaseUrl }
              : { kind, name: '', baseUrl: '' },
          )
        }
      />
      <TextField
        label="Name"
        value={wish.name}
        onChange={(name) => change({ name })}
        error={faultAt(props, 'name')}
        isRequired
      />
      <Address {...props} />
      <TextField
        label="API key"
        type="password"
        isMono
        value={wish.apiKey}
        onChange={(apiKey) => change({ apiKey })}
        error={faultAt(props, 'apiKey')}
        description={place?.reason}
        isRequired
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Organization (optional)"
          value={wish.organization ?? ''}
          onChange={(text) => change({ organization: text || null })}
        />
        <TextField
          label="Project (optional)"
          value={wish.project ?? ''}
          onChange={(text) => change({ project: text || null })}
        />
      </div>
    </>
  );
}

/** Asks for address and key of a provider. Connecting sends nothing; the key goes to the keychain. */
export function ConnectDialog(props: {
  isOpen: boolean;
  onClose: () => void;
  onConnected: (connection: Connection) => void;
}) {
  const [wish, setWish] = useState(empty);
  const connect = useConnect();
  const failure = connect.error ? describeFailure(connect.error) : null;
  const fault = failure?.where?.field ? { field: failure.where.field, what: failure.what } : null;
  const isReady = wish.name.trim() !== '' && wish.baseUrl.trim() !== '' && wish.apiKey.trim() !== '';
  const submit = (): void => {
    if (!isReady || connect.isPending) return;
    connect.mutate(wish, {
      onSuccess: (connection) => {
        setWish(empty);
        props.onConnected(connection);
      },
    });
  };
  return (
    <Dialog
      title="Connect a provider"
      width="medium"
      isOpen={props.isOpen}
      onClose={props.onClose}
      actions={
        <>
          <Button onPress={props.onClose}>Cancel</Button>
          <Button variant="primary" isDisabled={!isReady} isPending={connect.isPending} onPress={submit}>
            Keep this connection
          </Button>
        </>
      }
    >
      <form
        aria-label="Connection"
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <p className="text-sm text-pretty text-muted">
          Nothing is sent now, and the network gate stays as it is. On the next page you can test the
          connection.
        </p>
        <Fields wish={wish} fault={fault} change={(patch) => setWish((old) => ({ ...old, ...patch }))} />
        {connect.error && !fault ? <ErrorLine error={connect.error} /> : null}
        {/* Enter in a field submits. */}
        <button type="submit" hidden aria-hidden tabIndex={-1} />
      </form>
    </Dialog>
  );
}
