/** What is met in an XML text: a tag's name (without its prefix) and attributes, text as it reads, or an end. */
export type XmlListener = {
  open(name: string, attribute: (name: string) => string | null): void;
  text(text: string): void;
  close(name: string): void;
};

/** Longest tag that is waited for; more is no document anybody writes. */
const maxTagCharacters = 1024 * 1024;

/**
 * Reads XML piece by piece: enough for office documents, no more. Document types and entities of the document's own are
 * not read at all, so that nothing can be made to swell. Throws when a tag has no end.
 */
export class XmlEvents {
  readonly #listener: XmlListener;
  #held = '';

  constructor(listener: XmlListener) {
    this.#listener = listener;
  }

  push(piece: string): void {
    const text = this.#held + piece;
    let at = 0;
    for (;;) {
      const open = text.indexOf('<', at);
      if (open < 0) break;
      const end = tagEnd(text, open);
      if (end < 0) break;
      if (open > at) this.#listener.text(unescaped(text.slice(at, open)));
      this.#tag(text.slice(open, end));
      at = end;
    }
    const open = text.indexOf('<', at);
    const rest = text.slice(at, open < 0 ? undefined : open);
    if (open < 0) {
      // Text without its end goes on at once, but for a reference that may be cut in two.
      const cut = /&[^;&]{0,10}$/.exec(rest)?.index ?? rest.length;
      if (cut > 0) this.#listener.text(unescaped(rest.slice(0, cut)));
      this.#held = rest.slice(cut);
      return;
    }
    this.#held = text.slice(at);
    if (text.length - open > maxTagCharacters) throw new Error('a tag of the XML has no end');
  }

  end(): void {
    if (this.#held.trim() !== '') throw new Error('the XML ends in the middle of a tag');
  }

  #tag(tag: string): void {
    if (tag.startsWith('<![CDATA[')) this.#listener.text(tag.slice(9, -3));
    if (tag.startsWith('<!') || tag.startsWith('<?')) return;
    if (tag.startsWith('</')) {
      this.#listener.close(localName(tag.slice(2, -1)));
      return;
    }
    const isEmpty = tag.endsWith('/>');
    const inner = tag.slice(1, isEmpty ? -2 : -1);
    const name = localName(/^[^\s/>]*/.exec(inner)?.[0] ?? '');
    this.#listener.open(name, (wanted) => attributeOf(inner, wanted));
    if (isEmpty) this.#listener.close(name);
  }
}

function tagEnd(text: string, open: number): number {
  const closing = text.startsWith('<![CDATA[', open) ? ']]>' : text.startsWith('<!--', open) ? '-->' : '>';
  const end = text.indexOf(closing, open + 1);
  return end < 0 ? -1 : end + closing.length;
}

function localName(name: string): string {
  return name.trim().slice(name.indexOf(':') + 1);
}

function attributeOf(inner: string, wanted: string): string | null {
  for (const quote of ['"', "'"]) {
    const key = ` ${wanted}=${quote}`;
    const at = inner.replaceAll(/[\n\t\r]/g, ' ').indexOf(key);
    if (at < 0) continue;
    const start = at + key.length;
    const end = inner.indexOf(quote, start);
    if (end >= 0) return unescaped(inner.slice(start, end));
  }
  return null;
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  if (!text.includes('&')) return text;
  return text.replaceAll(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w{1,8}));/g, (...match) => {
    const [whole, decimal, hex, name] = match as (string | undefined)[];
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex, 16) : null;
    if (code !== null) return code <= 0x10ffff ? String.fromCodePoint(code) : '�';
    return named[name ?? ''] ?? whole ?? '';
  });
}
