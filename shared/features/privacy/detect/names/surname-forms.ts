/*
 * How family names are formed: patronymics and endings that few other words have. Held against folded words that are in
 * no list; short words and plain words are no names by their ending.
 */
const forms =
  /(?:[^aeiou](?:ova|eva|ov|ev)|[^aeiou]off|[^aeiou]sk[iay]|ck[iay]|czyk|czak|wicz|vich|[aeo]vic|[bdlnrst]ic|sson|[bdgklmnprt]sen|dottir|(?:gu|qu|d|r|n|l|t)ez|chuk|enko|[aeiou]nen|oglu|escu|eanu|opoulos|idis|akis|shvili|[ai]dze|[adgkmnrs]yan|stein|mann|bauer|meyer|maier|strom|gren|[qk]vist|quist|lund|gaard|elli|etti|ucci|moto|mura|yama|kawa|hashi|zaki|nathan|swamy|murthy)$|^(?:mc[a-z]{4}|o'[a-z]{3}|fitz[a-z]{3})/;

/** True when a folded word has the form of a family name. */
export function looksLikeSurname(key: string): boolean {
  return key.length > 5 && forms.test(key);
}
