import { useState } from 'react';
import { Button } from '../../ui/button.tsx';
import { ErrorLine } from '../../ui/error-state.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useReveal } from './privacy.queries.ts';

/** Looks behind a pseudonym; every look is written down. */
export function RevealForm() {
  const [pseudonym, setPseudonym] = useState('');
  const reveal = useReveal();
  return (
    <form
      className="space-y-2"
      onSubmit={(event) => {
        event.preventDefault();
        reveal.mutate(pseudonym.trim());
      }}
    >
      <div className="flex items-end gap-2">
        <TextField
          label="Look behind a pseudonym"
          placeholder="[EMAIL_1]"
          value={pseudonym}
          onChange={setPseudonym}
          isMono
          className="min-w-0 flex-1"
        />
        <Button
          type="submit"
          isPending={reveal.isPending}
          isDisabled={!/^\[[A-Z_]+_\d+\]$/.test(pseudonym.trim())}
        >
          Look
        </Button>
      </div>
      {reveal.data && (
        <p className="text-sm" role="status">
          It stands for <strong className="font-medium break-words">{reveal.data.value}</strong>. The look is
          in the history.
        </p>
      )}
      {reveal.error && <ErrorLine error={reveal.error} />}
    </form>
  );
}
