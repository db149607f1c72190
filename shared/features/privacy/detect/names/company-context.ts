import { goesOnSmall, wordBefore } from './surroundings.ts';

const trade =
  /\b(?:work(?:s|ed|ing)? (?:at|for)|employed (?:by|at)|company(?: called| named|,)?|firm|employer(?: is|:)?|organi[sz]ation:?|startup|(?:stock|stocks|price|symbol|ticker symbol|share price|ceo|cto|cfo|founder|director|head|employee|president|chairman|spokesperson|shares|branch|offices?|subsidiary|customers?|behalf|brainchild|address|website) (?:of|at|for|in)|joined|hired by|owned by|acquired by|company:|employer:|interview(?:ed)? (?:at|with)|(?:position|job|role|internship) (?:at|with)|account with|looking to support)\s$/i;
const leads = new Set(
  'at for by company called named firm employer is organisation organization startup of joined with support in'.split(
    ' ',
  ),
);
const being =
  /^(?:,? (?:is|was)|,|\)? ?-) (?:(?:an?|the|our|one of the) (?:[\w-]{2,20} ){0,5}(?:company|bank|firm|provider|start-?up|manufacturer|retailer|corporation|organi[sz]ation|charity|non-?profit|business|agency|brand|supplier|maker|publisher|airline|insurer|conglomerate|subsidiary|501\(c\)|bakery|shop|store|restaurant|caf[eé]|law firm|clinic|studio|consultancy|platform|chain|brewery|hotel|hospital|school|university|foundation|newspaper|magazine)\b|the brainchild of)/i;
const part =
  /^(?:'s)? (?:orchestra|offices?|headquarters|employees?|shares?|website|web site|app|store|branch|account|subscription|warehouse|team|helpdesk|hotline|representative|rep|manager|spokes(?:person|man|woman)|campus|factory|logo|brand|products|shareholders|stock|board of directors|subsidiary|subsidiaries|ceo|cfo|cto|hr department|customer service|customer support)\b/i;
const dealing =
  /^ (?:invested (?:heavily )?in|acquired|manufactures|operates|employs|laid off|was acquired|filed for bankruptcy|went public|is hiring|hired|launched|unveiled|offers|provides|develops|refunded|charged (?:me|us|my)|shipped|delivered|(?:has |have )?sent me|partnered|was founded|was acquired|merged|opened (?:a (?:new )?(?:store|branch|office|factory|plant|shop)|its)|sued|raised (?:its|prices|\$|€)|is headquartered|are headquartered|is based in|announced|said (?:on [^.,;]{1,28} |today |that )?(?:it|they) (?:would|will|plans?|has|had|expects?)|went bankrupt|announced (?:its|record|quarterly|a merger))\b/i;

/** Behind these words an unknown name is mostly where somebody works, buys or goes. */
const weakLeads = new Set([
  'at',
  'by',
  'from',
  'with',
  'for',
  'joined',
  'joining',
  'called',
  'via',
  'bei',
  'chez',
  'en',
  'presso',
  'bij',
  'named',
]);
const dealt =
  /\b(?:work(?:s|ed|ing)?|bought (?:it|this|them|one|something|shoes|\w+)|ordered(?: \w+)?|order|purchased(?: \w+)?|boss|manager|colleague|nurse|engineer|teacher|lawyer|job|jobs|interview(?:ed|ing)?|shop(?:ped|ping)?|refund|invoice|package|parcel|bill|delivery|email|mail|letter|career|intern(?:ship|ed)?|position|role|worked|employed|product|products|service|services|hired|contract|arbeitet|arbeite|travaille|trabaja|trabajo|lavora|lavoro|werkt|meeting|tickets?|studied|studies|someone|calling|writing|people|folks|guys|team|left|leaving|quit) (?:\w+ )?(?:at|by|from|with|for|bei|chez|en|presso|bij)\s$/i;

/** Behind “work at”, “bought it from” and their like, for names that are something else elsewhere too. */
export function isDealtWith(text: string, start: number): boolean {
  return weakLeads.has(wordBefore(text, start)) && dealt.test(text.slice(Math.max(0, start - 40), start));
}

/** What only companies do or have. */
export function actsAsCompany(text: string, end: number): boolean {
  if (!goesOnSmall(text, end)) return false;
  const tail = text.slice(end, end + 110);
  return (
    being.test(tail) ||
    dealing.test(tail) ||
    /^'s (?:shares?|stock|website|app|ceo|cfo|cto|headquarters|customers?|employees|products?|profits?|revenue|board)\b/i.test(
      tail,
    )
  );
}

/** `the Vireo Health website`. */
export function isPartOfCompany(text: string, start: number, end: number): boolean {
  return (
    /\b(?:[Tt]he|[Oo]ur|[Yy]our|[Tt]heir) $/.test(text.slice(Math.max(0, start - 7), start)) &&
    part.test(text.slice(end, end + 40))
  );
}

/** True behind words that name a company outright, so that it may be called like a person. */
export function isCalledCompany(text: string, start: number): boolean {
  return /\b(?:company|firm|start-?up|bank|employer|brand|stock|shares|business|agency|supplier|vendor|retailer|client|contractor|insurer|provider|competitor)(?: (?:called|named|of|in))?[ :",]{1,3}$/i.test(
    text.slice(Math.max(0, start - 32), start),
  );
}

/** How sure what stands around an unknown name makes it a company. */
export function isCompanyByContext(text: string, start: number, end: number): boolean {
  if (leads.has(wordBefore(text, start)) && trade.test(text.slice(Math.max(0, start - 24), start)))
    return true;
  if (isDealtWith(text, start)) return true;
  if (!goesOnSmall(text, end)) return false;
  const tail = text.slice(end, end + 110);
  return (
    being.test(tail) ||
    dealing.test(tail) ||
    (part.test(tail) && /\b[Tt]he $|^$/.test(text.slice(Math.max(0, start - 4), start)))
  );
}
