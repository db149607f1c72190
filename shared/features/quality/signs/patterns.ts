/*
 * Every regular expression that quality runs over foreign text. Each is linear: no nested or overlapping repeats, every
 * repeat bounded; a test proves it with recheck. Texts are cut to `scannedCharacters` before.
 */

/** Characters of a text that the patterns look at. */
export const scannedCharacters = 200_000;

export const patterns = {
  /** Talking about being a model. */
  boilerplate:
    /\b(?:as an? (?:ai|artificial intelligence)(?: language)?(?: (?:model|assistant))?\b|i(?:'|’)?m (?:just |only )?an? (?:ai|language model)\b|as a (?:large )?language model\b|my (?:knowledge|training) (?:cutoff|cut-off)\b|als (?:ki|künstliche intelligenz)(?:-| )(?:sprach)?modell\b|en tant qu(?:'|’)ia\b)/iu,
  /** Declining to answer. */
  refusal:
    /^[^.!?\n]{0,60}\b(?:i(?:'|’)m sorry,? (?:but )?(?:i )?can(?:'|’|no)t|i (?:cannot|can(?:'|’)t|am unable to|am not able to|won(?:'|’)t) (?:help|assist|provide|comply|fulfil|answer|do that|create|generate|discuss|support)|i must decline|es tut mir leid,? aber ich kann|je suis désolée?,? mais je ne peux)/iu,
  /** Left for later; capitals only, because a todo list is a thing people talk about. Written so that nobody's search for notes finds it. */
  leftForLater: /\b(?:T[O]DO|FIX[M]E|TBD|X{3,4})\b/u,
  /** To be filled in; `[name](…)` is a link. */
  toFillIn:
    /(?:\blorem ipsum\b|\[(?:insert|your|enter|add|company|customer|client|name|date|product|placeholder)\b[^\]\n]{0,60}\](?!\()|<(?:insert|your|enter|name|placeholder)\b[^>\n]{0,60}>|\{\{[^{}\n]{1,60}\}\})/iu,
  /** What scraping leaves in the place of an address. */
  scrapedEmail: /\[email(?:&#160;|&nbsp;|\s){0,3}protected\]|\/cdn-cgi\/l\/email-protection/iu,
  /** Markup and menus that came along with a page. */
  scrapedPage:
    /(?:&(?:nbsp|amp|quot|lt|gt|#\d{1,6});|<\/(?:div|span|p|td|li|br)>|<br ?\/?>|\bAccept (?:all )?cookies\b|\bShare on (?:Facebook|Twitter)\b)/iu,
  /** UTF-8 read as Windows-1252 or Latin-1, or a character that was lost. */
  mojibake:
    /(?:Ã[\u0080-\u00bf©¤¶¼ŸœŠž„–“€¡¢£¨«¬®¯°±´µ·¸¹º»½¾¿]|â€[œ\u009d™˜”“¦¢\u0080-\u00bf]|Â[\u00a0-\u00bf]|ï»¿|\ufffd)/u,
  /** A sentence's or a code block's proper end, with closing marks after it. */
  finished: /[.!?…:;)\]}>"'”’»`。！？」』）।؟*_~|-]\s{0,20}$/u,
  fence: /^(?: {0,3})```/gmu,
  code: /```[^`]{0,20000}```|`[^`\n]{1,200}`/gu,
  link: /\bhttps?:\/\/[^\s<>"']{1,500}/giu,
} as const;

/** The text as far as patterns look at it. */
export function scanned(text: string): string {
  return text.length > scannedCharacters ? text.slice(0, scannedCharacters) : text;
}
