import assert from "node:assert/strict";
import { isArticle } from "./check_words.ts";
import { tellOnce } from "./check_sentences.ts";

/** Words that are unlike their translations, as parts of either. */
export type Dictionary = readonly (readonly [english: RegExp, other: RegExp])[];

/** A dictionary for Portuguese, whose words are like the English ones apart from these. */
export const portuguese: Dictionary = [
  [/\b(smallest|shortest)\b/i, /\bmenor\b/i],
  [/\b(largest|longest)\b/i, /\bmaior\b/i],
  [/\bnearest\b/i, /próxim/i],
  [/\bfarthest\b/i, /distante/i],
  [/\bnear\b/i, /próxim/i],
  [/\bfar\b/i, /distante/i],
  [/\blowest\b/i, /mínimo/i],
  [/\bhighest\b/i, /máximo/i],
  [/\bmost of all\b/i, /\bsobretudo\b/i],
  [/\bmean\b/i, /média/i],
  [/\bsize\b/i, /tamanho/i],
  [/\bclusters?\b/i, /grupo/i],
  [/\b(in-distribution|in distribution|in|ID)\b/, /\bdentro\b/i],
  [/\b(out-of-distribution|out of distribution|out|OOD)\b/i, /\bfora\b/i],
  [/\bless\b/i, /\bmenos\b/i],
  [/\boverconfident\b/i, /\bdemais\b/i],
  [/\bunderconfident\b/i, /\bde menos\b/i],
  [/\bfrom$/i, /\bde$/i],
  [/\bto$/i, /\baté$/i],
  [/\brows?\b/i, /\blinhas?\b/i],
  [/\bdrawn\b/i, /sortead/i],
  [/\bfirst\b/i, /\bprimeir/i],
  [/\bcomponents\b/i, /\bcomponentes\b/i],
  [/\bshare\b/i, /proporç/i],
  [/\bspread\b/i, /dispersão/i],
  [/\bodd\b/i, /estranh/i],
  [/\bfull\b/i, /complet/i],
  [/\btied\b/i, /compartilhad/i],
  [/\bup\b/i, /subiu/i],
  [/\brise\b/i, /sobem/i],
  [/\bfall\b/i, /descem/i],
  [/\byes\b/i, /\bsim\b/i],
  [/\b(no|not)\b/i, /\bnão\b/i],
  [/\bmay\b/i, /\bpode\b/i],
  [/\bopen\b/i, /aberto/i],
  [/\bchooses\b/i, /escolhe/i],
  [/\belsewhere\b/i, /em outro|fora dele/i],
  [/\bbest\b/i, /melhor/i],
  [/\bother\b/i, /\boutr/i],
  [/\bours\b/i, /\bnosso\b/i],
  [/\bnetworks?\b/i, /\bredes?\b/i],
  [/\bseed\b/i, /semente/i],
  [/\bset\b/i, /conjunto/i],
  [/\bfit\b/i, /ajuste/i],
  [/\bscore\b/i, /pontuação/i],
  [/\b(found|finds)\b/i, /encontr/i],
  [/\blooked for\b/i, /procur/i],
  [/\bdone\b/i, /feito/i],
  [/\bworkers?\b/i, /trabalhador/i],
  [/\bjobs?\b/i, /tarefa/i],
  [/\bstarted\b/i, /início/i],
  [/\btook\b/i, /duração/i],
  [/\basked\b/i, /pedid/i],
  [/\bstatement\b/i, /afirmação/i],
  [/\bdeviation\b/i, /desvio/i],
  [/\breached\b/i, /alcançad/i],
  [/\bremark\b/i, /observação/i],
  [/\bwork\b/i, /trabalho/i],
  [/\bupload\b/i, /enviar/i],
  [/\bevery\b/i, /\btoda\b/i],
  [/\blower\b/i, /\bmenor\b/i],
  [/\bhigher\b/i, /\bmaior\b/i],
  [/\bbehind\b/i, /\batrás\b/i],
  [/\bahead\b/i, /\bfrente\b/i],
  [/\bhelps\b/i, /\bajuda\b/i],
  [/\bharms\b/i, /\bprejudica\b/i],
  [/\blevel\b/i, /\bigual\b/i],
  [/\bpurer\b/i, /\bmais puros\b/i],
  [/\bas pure\b/i, /\btão puros\b/i],
  [/\bno run\b/i, /\bnenhuma\b/i],
  [/\bnothing\b/i, /\bnada\b/i],
  [/\bfew\b/i, /\bpouc/i],
  [/\bsame\b/i, /\bmesm/i],
  [/\brate\b/i, /\btaxa\b/i],
  [/\babove\b/i, /\bacima\b/i],
  [/\bbelow\b/i, /\babaixo\b/i],
];

/**
 * Asserts that texts which stand beside each other are not exchanged in one of two languages: both are
 * more alike to the texts under their own keys than to those under each other's; for tests only.
 *
 * @param english Texts in English.
 * @param other The same in another language.
 * @param dictionary Words of the two languages that are not alike.
 * @param where Names the texts in messages.
 */
export function checkPairing(
  english: unknown,
  other: unknown,
  dictionary: Dictionary,
  where: string,
): void {
  const [own, theirs] = [english, other].map((texts) => texts as Record<string, unknown>);
  const keys = Object.keys(own);
  for (const [at, key] of keys.entries()) {
    const value = own[key];
    if (typeof value === "object" && value !== null && !isArticle(value)) {
      checkPairing(value, theirs[key], dictionary, `${where}.${key}`);
    }
    const before = keys[at - 1];
    if (before === undefined || !["string", "function"].includes(typeof value)) continue;
    if (typeof own[before] !== typeof value) continue;
    const [a, b] = [before, key].map((one) => tellOnce(own[one]));
    const [itsA, itsB] = [before, key].map((one) => tellOnce(theirs[one]));
    if (a === b || itsA === itsB) continue;
    const alike = (one: string, translated: string) => likeness(one, translated, dictionary);
    const gain = alike(a, itsA) + alike(b, itsB) - alike(a, itsB) - alike(b, itsA);
    assert(
      gain > 0.01,
      `${where}: ${key} may be ${before}, or the other way round; if not, a word is missing in the dictionary: ${
        [a, itsA, b, itsB].join(" | ")
      }`,
    );
  }
}

/** Likeness of two texts: by their words in three letters each, by length, and by the dictionary. */
function likeness(english: string, other: string, dictionary: Dictionary): number {
  const [own, theirs] = [english, other].map(partsOf);
  let shared = 0;
  for (const [part, count] of own) shared += Math.min(count, theirs.get(part) ?? 0);
  const all = [...own.values(), ...theirs.values()].reduce((sum, count) => sum + count, 0);
  const [short, long] = [english.length, other.length].sort((a, b) => a - b);
  const known = dictionary.filter(([word, translated]) =>
    word.test(english) && translated.test(other)
  );
  return 2 * shared / Math.max(1, all) + 0.3 * short / Math.max(1, long) + known.length;
}

/** Parts of a text, three letters of a word each, its beginning and end among them, and their counts. */
function partsOf(text: string): Map<string, number> {
  const plain = text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
  const parts = new Map<string, number>();
  for (const word of plain.match(/[a-z0-9]+|[^\sa-z0-9]/g) ?? []) {
    const whole = ` ${word} `;
    for (let at = 0; at + 3 <= whole.length; at++) {
      const part = whole.slice(at, at + 3);
      parts.set(part, (parts.get(part) ?? 0) + 1);
    }
  }
  return parts;
}
