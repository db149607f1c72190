import { folded, type Gazetteer, isCommonWord } from './names/gazetteer.ts';

const separator = /(?: ?, ?\n? ?| ?\n{1,2}(?:> ?|\? ?|\| ?){0,4} {0,8},? ?| - | )/y;
const unit =
  /(?:(?:apt|apartment|suite|ste|unit|flat|floor|fl|room|rm|building|bldg|box|pmb|dept|lot|trailer|space|tower|block|wing|level|stock|etage|étage|piso|puerta|esc|escalera|int|interno|bte|app|appt|wohnung|whg|top|stiege|hinterhaus)(?:\.? #?|\.?#|\.?(?=\d))[A-Za-z0-9](?:[A-Za-z0-9-]{0,6})\b|#\d{1,6}[A-Za-z]?|\d{1,3}(?:st|nd|rd|th) floor|\d{1,3}[ºª°] ?[A-Za-z0-9]{0,4}|c\/o (?:\p{Lu}[\p{L}'-]{1,24} ?){1,3})/iuy;
const postCode =
  /(?:[A-Z]{1,2}-)?(?:\d{5}-\d{3,4}|\d{3} \d{2}(?!\d)|\d{4,6}(?: [A-Z]{2}\b)?|\d{2}-\d{3}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)(?![\w]|[.,/:]\d)/y;
const stateCode = /(?:[A-Z]{2,3})(?![\w])/y;
const town =
  /\p{Lu}(?:[\p{L}\p{M}'-]{0,30}|[\p{L}]{0,3}\.)(?:[ -](?:(?:am|an|der|im|in|bei|ob|unter|sur|sous|la|le|les|de|del|di|da|do|dos|du|den|upon|on|the|of) ){0,2}\p{Lu}(?:[\p{L}\p{M}'-]{0,30}|[\p{L}]{0,3}\.)){0,3}/uy;
const maxSegments = 9;

type Segment = { end: number; isStrong: boolean };

function matchAt(expression: RegExp, text: string, at: number): number {
  expression.lastIndex = at;
  return expression.test(text) ? expression.lastIndex : -1;
}

/**
 * Where an address ends that has its street already: units, post code, town, state and country follow, on the same line
 * or the next ones. What is no sign of an address by itself (an unknown town) counts only before something that is.
 */
export function extendAddress(gazetteer: Gazetteer, text: string, end: number): number {
  let at = end;
  let sureEnd = end;
  for (let count = 0; count < maxSegments; count += 1) {
    // `utca 13. Suite 4`: the stop belongs to the number of the house where a unit follows.
    const isStopped = text[at] === '.' && matchAt(unit, text, at + 2) > 0;
    const from = matchAt(separator, text, isStopped ? at + 1 : at);
    if (from < 0) break;
    const isLoose = text.slice(at, from) === ' ';
    const segment = segmentAt(gazetteer, text, {
      from,
      isLoose,
      isAfterCode: /\d$/.test(text.slice(0, at).slice(-1)),
    });
    if (!segment) break;
    at = segment.end;
    if (segment.isStrong) sureEnd = at;
  }
  return sureEnd;
}

function segmentAt(
  gazetteer: Gazetteer,
  text: string,
  place: { from: number; isLoose: boolean; isAfterCode: boolean },
): Segment | null {
  const { from, isLoose } = place;
  const inUnit = matchAt(unit, text, from);
  if (inUnit > 0) return { end: inUnit, isStrong: true };
  const inCode = matchAt(postCode, text, from);
  if (inCode > 0) return { end: inCode, isStrong: true };
  const inTown = matchAt(town, text, from);
  const inState = matchAt(stateCode, text, from);
  const isBeforeCode = inState > 0 && text[inState] === ' ' && matchAt(postCode, text, inState + 1) > 0;
  if (isBeforeCode) return { end: inState, isStrong: false };
  if (inState > 0 && inTown <= inState)
    return { end: inState, isStrong: !isLoose && /^\s*(?:,|\n|$|\d)/.test(text.slice(inState, inState + 3)) };
  if (inTown < 0) return null;
  return townSegment(gazetteer, text, { from, end: inTown, isLoose });
}

function townSegment(
  gazetteer: Gazetteer,
  text: string,
  { from, end, isLoose }: { from: number; end: number; isLoose: boolean },
): Segment | null {
  const whole = text.slice(from, end).replace(/[.'-]+$/, '');
  // `Leeds LS1 4AP`: the capitals are those of the post code.
  const name = /^\d/.test(text.slice(end, end + 1)) ? whole.replace(/ [A-Z]{1,2}$/, '') : whole;
  const words = name.split(/[ -]/);
  for (let count = words.length; count > 0; count -= 1) {
    const part = words.slice(0, count).join(' ');
    if (gazetteer.places.has(folded(part))) return { end: from + part.length, isStrong: true };
  }
  const [first = ''] = words;
  const isPlain = isCommonWord(gazetteer, folded(first)) && words.length === 1;
  const follows = text.slice(from + name.length, from + name.length + 14);
  const isBeforeCode =
    /^,? ?\n? ?(?:[A-Z]{2,3}\b,? )?\d{3,6}(?:\D|$)|^, ?\n? ?[A-Z]{2}\b|^,? ?\n? ?[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b|^,? ?\n? ?[A-Z]\d[A-Z] \d[A-Z]\d\b/.test(
      follows,
    );
  if (isBeforeCode) return { end: from + name.length, isStrong: false };
  const isAfterCode = /(?:\d{4,6}|[A-Z]{2}|\d{3} \d{2}) $/.test(text.slice(Math.max(0, from - 8), from));
  if (isAfterCode && isLoose) return { end: from + name.length, isStrong: !isPlain };
  if (isLoose || isPlain) return null;
  return { end: from + name.length, isStrong: /^(?:[.,;)\n]|$)/.test(follows) && text[from - 1] !== '\n' };
}
