import { wordBefore } from './surroundings.ts';

const trade =
  /\b(?:work(?:s|ed|ing)? (?:at|for)|employed (?:by|at)|company(?: called| named|,)?|firm|employer(?: is|:)?|organi[sz]ation:?|startup|(?:ceo|cto|cfo|founder|director|head|employee|president|chairman|spokesperson|shares|branch|offices?|subsidiary|customers?|behalf|brainchild|address|website) (?:of|at)|joined|hired by|owned by|acquired by|company:|employer:|interview(?:ed)? (?:at|with)|(?:position|job|role|internship) (?:at|with)|account with|looking to support)\s$/i;
const leads = new Set(
  'at for by company called named firm employer is organisation organization startup of joined with support'.split(
    ' ',
  ),
);
const being =
  /^,? (?:is|was) (?:(?:an?|the|our|one of the) (?:[\w-]{2,20} ){0,5}(?:company|bank|firm|provider|start-?up|manufacturer|retailer|corporation|organi[sz]ation|charity|non-?profit|business|agency|brand|supplier|maker|publisher|airline|insurer|conglomerate|subsidiary|501\(c\))|the brainchild of)/i;
const part =
  /^(?:'s)? (?:orchestra|offices?|headquarters|employees|shares|shareholders|stock|board of directors|subsidiary|subsidiaries|ceo|cfo|cto|hr department|customer service|customer support)\b/i;
const dealing =
  /^ (?:invested (?:heavily )?in|acquired|manufactures|operates|employs|laid off|was acquired|filed for bankruptcy|went public|is hiring|went bankrupt|announced (?:its|record|quarterly|a merger))\b/i;

/** How sure what stands around an unknown name makes it a company. */
export function isCompanyByContext(text: string, start: number, end: number): boolean {
  if (leads.has(wordBefore(text, start)) && trade.test(text.slice(Math.max(0, start - 24), start)))
    return true;
  if (text[end] !== ' ' && text[end] !== ',' && text[end] !== "'") return false;
  const tail = text.slice(end, end + 110);
  return (
    being.test(tail) ||
    dealing.test(tail) ||
    (part.test(tail) && /\b[Tt]he $|^$/.test(text.slice(Math.max(0, start - 4), start)))
  );
}
