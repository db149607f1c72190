import { element, keyButton } from './elements.ts';
import type { Review } from './review.ts';

/** Hands a text to the user as a file. */
function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = element('a', { href: url, download: name });
  link.click();
  URL.revokeObjectURL(url);
}

/** A name for a file: letters and digits of the reviewer's name only. */
function fileName(reviewer: string, sequence: number): string {
  const plain = reviewer
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  return `ballot-${plain === '' ? 'reviewer' : plain}-${sequence}.json`;
}

const kept =
  'Your verdicts are kept, encrypted, in this browser on this machine: you can close this page and go on later.';
const notKept =
  'This browser keeps nothing for this page. Before you close it, save a ballot; to go on later, open this file and load that ballot.';

/** Saving the ballot, loading one to go on, and what this browser keeps. */
export function createSaving(
  review: Review,
  { say, onLoaded }: { say: (text: string) => void; onLoaded: () => void },
): { save: HTMLElement; more: HTMLElement } {
  const saveBallot = async (): Promise<void> => {
    const { text, sequence } = await review.ballot();
    download(fileName(review.reviewer, sequence), text);
    say(`Ballot ${sequence} is saved with ${review.decided} verdicts. Send that file back.`);
  };
  const save = keyButton('Save ballot', { keys: '', onPress: () => void saveBallot(), className: 'primary' });
  const file = element('input', { id: 'load', type: 'file', accept: '.json,application/json' });
  const load = async (): Promise<void> => {
    const [chosen] = file.files ?? [];
    if (!chosen) return;
    const loaded = await review.load(await chosen.text());
    file.value = '';
    if (!loaded) {
      say('This is no ballot of this review file.');
      return;
    }
    onLoaded();
    const other = loaded.hasOtherKey
      ? ' It was signed in another browser, so say to whoever sent you this page that there are two.'
      : '';
    say(`Loaded ${loaded.verdicts} verdicts.${other}`);
  };
  file.addEventListener('change', () => void load());
  const more = element(
    'footer',
    {},
    element('p', {}, `You judge as ${review.reviewer}. ${review.isLasting ? kept : notKept}`),
    element('p', {}, element('label', { htmlFor: 'load' }, 'Go on from a saved ballot '), file),
  );
  window.addEventListener('beforeunload', (event) => {
    if (!review.isLasting && !review.isSaved) event.preventDefault();
  });
  return { save, more };
}
