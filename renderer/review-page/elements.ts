type Properties<Tag extends keyof HTMLElementTagNameMap> = Partial<
  Omit<HTMLElementTagNameMap[Tag], 'style' | 'children' | 'dataset'>
> & { readonly aria?: Readonly<Record<string, string>> };

/** Makes an element; children are elements and texts, and a text never becomes markup. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  { aria, ...properties }: Properties<Tag> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const made = Object.assign(document.createElement(tag), properties);
  for (const [name, value] of Object.entries(aria ?? {})) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** A button with the key that does the same printed on it. */
export function keyButton(
  label: string,
  { keys, onPress, className = '' }: { keys: string; onPress: () => void; className?: string },
): HTMLButtonElement {
  const words = element('span', {}, label);
  const button = element('button', { type: 'button', className }, words);
  if (keys !== '') button.append(element('kbd', { aria: { 'aria-hidden': 'true' } }, keys));
  button.addEventListener('click', onPress);
  return button;
}

/** Tells a screen reader, and everybody else, what has just happened. */
export type Announcer = { readonly element: HTMLElement; say(text: string): void };

export function createAnnouncer(): Announcer {
  const line = element('p', { className: 'said', aria: { role: 'status' } });
  return {
    element: line,
    say(text) {
      line.textContent = text;
    },
  };
}
