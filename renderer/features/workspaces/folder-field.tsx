import { useMutation } from '@tanstack/react-query';
import { FolderOpen } from 'lucide-react';
import { rpc } from '../../rpc.ts';
import { Button } from '../../ui/button.tsx';
import { failureText } from '../../ui/failure.ts';
import { TextField } from '../../ui/text-field.tsx';

/** A folder by its path, or chosen in the system's dialog where there is one. */
export function FolderField(props: {
  label: string;
  dialogTitle: string;
  value: string;
  onChange: (folder: string) => void;
  placeholder?: string | undefined;
  description?: string | undefined;
  autoFocus?: boolean | undefined;
}) {
  const choose = useMutation({
    mutationFn: () => rpc.files.chooseFolder({ title: props.dialogTitle }),
    onSuccess: ({ folder }) => folder !== null && props.onChange(folder),
  });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
      <TextField
        label={props.label}
        value={props.value}
        onChange={props.onChange}
        placeholder={props.placeholder}
        description={props.description}
        error={choose.error ? failureText(choose.error) : undefined}
        autoFocus={props.autoFocus}
        isMono
      />
      <Button
        className="mt-6"
        icon={<FolderOpen aria-hidden />}
        onPress={() => choose.mutate()}
        isPending={choose.isPending}
      >
        Choose…
      </Button>
    </div>
  );
}
