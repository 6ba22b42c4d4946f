import data from '../../../shared/monitor/outbound/bad-words.json' with { type: 'json' }

/** What a page may have turned into. `sham`: forged papers, forbidden goods and services. */
export const WORD_KINDS = ['betting', 'porn', 'sham', 'parking'] as const
export type WordKind = (typeof WORD_KINDS)[number]

export interface BadWord {
  readonly kind: WordKind
  readonly word: string
  /** 3: says it by itself; 1: only together with others. */
  readonly weight: 1 | 3
}

/** Signs that somebody wrote in the place of others: pairs of what is written and what is meant. */
const MEANT: ReadonlyMap<string, string> = new Map(
  [...`${data.simplified}${data.lookalikes}`.matchAll(/(.)(.)/gu)].map(([, written = '', meant = '']) => [
    written,
    meant,
  ]),
)
/** Marks on letters, and signs that do not show. */
const UNSEEN = /[\p{M}\u00ad\u200b-\u200f\u2060-\u2064\ufeff]/gu
const BETWEEN = /[\s\p{P}\p{S}]+/gu
/** A word whose letters stand apart, as `b e t 3 6 5`. */
const APART = /(?<![a-z0-9])(?:[a-z0-9][\s._*·-]){2,}[a-z0-9](?![a-z0-9])/g
/** So near a word its sentence says that it is spoken against. */
const NEAR = 14

interface Word {
  readonly kind: WordKind
  readonly word: string
  readonly weight: 1 | 3
  /** Of Latin words, which stand between others. */
  readonly pattern: RegExp | null
}

/** Small letters, simplified characters, usual width; nothing that does not show. */
export function foldText(text: string): string {
  const plain = text.normalize('NFKC').toLowerCase().normalize('NFD').replace(UNSEEN, '').normalize('NFC')
  let folded = ''
  for (const sign of plain) folded += MEANT.get(sign) ?? sign
  return folded
}

const isLatin = (word: string) => /^[a-z0-9 ]+$/.test(word)
const asWord =
  (kind: WordKind, weight: 1 | 3) =>
  (word: string): Word => {
    const pattern = isLatin(word) ? new RegExp(`(?<![a-z0-9])${word}(?![a-z])`) : null
    return { kind, weight, pattern, word: pattern ? word : foldText(word) }
  }
const WORDS: readonly Word[] = WORD_KINDS.flatMap((kind) => [
  ...data[kind].strong.map(asWord(kind, 3)),
  ...data[kind].weak.map(asWord(kind, 1)),
])
const DENIAL = data.denial.map(foldText)
const LAWFUL = data.lawful.map(foldText)

/**
 * The words of betting, pornography, shams and domains for sale in a text, each once: also where they are written with traditional or
 * full-width characters, letters of other scripts, or signs between. Not those that are spoken against (打击赌博), nor what is
 * lawful (体育彩票). Takes time linear in the length of the text; give it a beginning of long ones.
 */
export function badWords(text: string): BadWord[] {
  const folded = foldText(text)
  const latin = folded.replace(APART, (word) => word.replace(/[\s._*·-]/g, ''))
  const tight = LAWFUL.reduce((rest, one) => rest.replaceAll(one, '\n'), folded.replace(BETWEEN, ''))
  const loose = LAWFUL.reduce((rest, one) => rest.replaceAll(one, '\n'), folded)
  return WORDS.flatMap(({ kind, word, weight, pattern }) => {
    const where = pattern ? latin : weight === 3 ? tight : loose
    const at = pattern ? (pattern.exec(where)?.index ?? -1) : where.indexOf(word)
    if (at < 0 || (kind !== 'parking' && isSpokenAgainst(where, word, at))) return []
    return [{ kind, word, weight }]
  })
}

/** At each place where it stands. */
function isSpokenAgainst(text: string, word: string, first: number): boolean {
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) {
    const around = text.slice(Math.max(0, at - NEAR), at + word.length + NEAR)
    if (!DENIAL.some((one) => around.includes(one))) return false
  }
  return true
}

/** The domains of those who sell domains. */
export const SELLERS: ReadonlySet<string> = new Set(data.hosts.parking)

/** What a host's name says of it, as `yabo` in `www.yabo88.com`, but not in `seychelleyabout.com`; null: nothing. */
export function badHost(host: string): Exclude<WordKind, 'parking'> | null {
  const labels = host.split(/[.-]/).map((label) => label.replace(/\d+$/, ''))
  const kinds = ['betting', 'porn', 'sham'] as const
  return (
    kinds.find((kind) => data.hosts[kind].some((name) => labels.includes(name.replace(/\d+$/, '')))) ?? null
  )
}
