import data from '../../../../shared/monitor/outbound/bad-words.json' with { type: 'json' }

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
const UNSEEN = /[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/gu
export const BETWEEN = /[\s\p{P}\p{S}]+/gu
/** Within a line: title, description and paragraphs are no words together. */
export const BETWEEN_IN_LINE = /(?:[\p{P}\p{S}]|(?!\n)\s)+/gu
/** A word whose letters stand apart, as `b e t 3 6 5`. */
const APART = /(?<![a-z0-9])(?:[a-z0-9][\s._*·-]){2,}[a-z0-9](?![a-z0-9])/g
/** So near a word its sentence says that it is spoken against. */
const NEAR = 14
/** Characters of a name that are told. */
const MOST_NAME = 30

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
/** Machines, roads and number plates are called so as well: PC28, PK10, M88. */
const isCode = (word: string) => /^[a-z]{1,2}\d{2}$/.test(word)
/** What stands beside a code that is no machine's. */
const BESIDE_CODES = data.besideCodes.map(foldText)
/** Between letters and figures somebody may leave a blank. */
const parted = (word: string) => word.replace(/(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])/g, ' ?')
export const asWord =
  (kind: WordKind, weight: 1 | 3) =>
  (word: string): Word => {
    const end = isCode(word) ? '(?![a-z0-9])' : '(?![a-z])'
    const pattern = isLatin(word) ? new RegExp(`(?<![a-z0-9])${parted(word)}${end}`) : null
    return { kind, weight, pattern, word: pattern ? word : foldText(word) }
  }
const WORDS: readonly Word[] = WORD_KINDS.flatMap((kind) => [
  ...data[kind].strong.map(asWord(kind, 3)),
  ...data[kind].weak.map(asWord(kind, 1)),
])
/** Those in Chinese that are enough by themselves, the longest first. */
export const STRONG: readonly string[] = WORDS.filter(
  ({ kind, weight, pattern }) => kind !== 'parking' && weight === 3 && pattern === null,
)
  .map(({ word }) => word)
  .sort((a, b) => b.length - a.length)
/** Those of them that no list of an office has: what must not be sold, and kinds of fraud, are shams. */
export const FILLING: ReadonlySet<string> = new Set(
  [...data.betting.strong, ...data.porn.strong].map(foldText),
)
export const DENIAL = data.denial.map(foldText)
/** What says so in other languages, whose words are longer. */
export const DENIAL_ELSEWHERE = new RegExp(
  data.denialElsewhere.map((one) => (/^[a-z ]+$/.test(one) ? `(?<![a-z])${one}` : foldText(one))).join('|'),
)
const NEAR_ELSEWHERE = 60
export const LAWFUL = data.lawful.map(foldText)
/** What near a word says that it is an office's own business, by word. */
export const ALLOWED: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(data.allowed).map(([word, near]) => [foldText(word), near.map(foldText)]),
)
/** What right before or behind a word makes it a part of others, by how the word ends: 港口爆炸, 设立博士后工作站, 印刷单位. */
const PARTS: Readonly<
  Record<string, { readonly before: readonly string[]; readonly after: readonly string[] }>
> = data.within
const WITHIN = Object.entries(PARTS).map(([end, { before, after }]) => ({
  end: foldText(end),
  before: before.map(foldText),
  after: after.map(foldText),
}))
/** Behind a word these make it the name of a place. */
const TAILS = data.tails.map(foldText)

export const either = (words: readonly string[]) =>
  words
    .map((word) => foldText(word).replace(/[.*+?]/g, '\\$&'))
    .sort((a, b) => b.length - a.length)
    .join('|')
export const HAN_BRAND = either(data.brands.filter((one) => !isLatin(one)))
const BRAND = `(?:(?<![a-z0-9])(?:${either(data.brands.filter(isLatin))})|${HAN_BRAND})`
/** Cities and words of every day that bet as well. */
export const COMMON_BRAND = `(?:${either(data.commonBrands)})`
/** What may stand between a brand and its trade, and that and its door. */
const SOME = '[^\\p{Script=Han}\\n]{0,12}'
/** What parts a title, and what may stand between the words of one part. */
const ASIDE = '[\\n_|\u2013\u2014\u3010\u3011-]'
const WITHIN_PART = '[ \\t\u00b7.():|_-]{0,3}'
/** A name that is a part of a title with doors and nothing else: within a sentence (提高球速，体育官方…) it may be others' words. */
const alone = (names: string): RegExp =>
  new RegExp(
    `(?<=(?:^|${ASIDE})[ \\t]{0,3})(?:${names})(?:[a-z]{0,3}\\d{2,9})?(?:${WITHIN_PART}(?:${data.called.aloneBeside}))*${WITHIN_PART}(?:${data.called.aloneDoors})(?:${WITHIN_PART}(?:${data.called.aloneBeside}|${data.called.aloneDoors}))*(?=[ \\t)]{0,3}(?:${ASIDE}|$))`,
    'u',
  )
/**
 * Those who bet change their names faster than any list; how they call their pages stays: a brand, its trade, and a door
 * (永利·娱乐|官网). Places bear the names of brands, and offices have trades and doors (体育局官网): only the three together say it,
 * or brand and trade where nothing comes behind. Brands that are cities or words of every day (江南, 凤凰) say it with two trades, or
 * with one that is nothing else.
 */
const CALLED_BETTING = [
  new RegExp(
    `${BRAND}[a-z0-9]{0,5}${SOME}(?:${either(data.trades)})${SOME}(?:${data.called.between})?${SOME}(?:${either(data.doors)})`,
    'u',
  ),
  new RegExp(
    `${BRAND}[a-z0-9]{0,5}${SOME}(?:${either(data.wholeTrades)})(?:${data.called.behind})?(?![\\p{Script=Han}])`,
    'u',
  ),
  new RegExp(data.called.national, 'u'),
  new RegExp(
    `${COMMON_BRAND}[a-z0-9]{0,5}${SOME}(?:(?:${either(data.trades)})${SOME}(?:${either(data.wholeTrades)})|(?:${either(data.plainTrades)}))${SOME}(?:(?:${either(data.doors)})|(?:${data.called.behind})?(?!\\p{Script=Han}))`,
    'u',
  ),
  // A brand and one of its hosts: 皇冠hg0088, 金沙js9999777.
  new RegExp(`(?:${HAN_BRAND})[._·-]?[a-z]{1,3}\\d{2,}(?![\\d\\p{Script=Han}])`, 'u'),
  new RegExp(`${COMMON_BRAND}[._·-]?[a-z]{1,3}\\d{5,}(?![\\d\\p{Script=Han}])`, 'u'),
]
const ALONE = ['betting', 'porn'] as const
const CALLED = [
  ...CALLED_BETTING.map((form) => ({ kind: 'betting' as const, form })),
  ...ALONE.map((kind) => ({ kind, form: alone(data.called.alone[kind]) })),
]

/**
 * The words of betting, pornography, shams and domains for sale in a text, each once: also where they are written with traditional or
 * full-width characters, letters of other scripts, or signs between. Not those that are spoken against (打击赌博), nor what is
 * lawful (体育彩票). Takes time linear in the length of the text; give it a beginning of long ones.
 */
export function badWords(text: string): BadWord[] {
  const folded = foldText(text)
  const latin = folded.replace(APART, (word) => word.replace(/[\s._*·-]/g, ''))
  const tight = tightOf(folded)
  const loose = withoutLawful(folded)
  const found = WORDS.flatMap(({ kind, word, weight, pattern }): BadWord[] => {
    const where = pattern ? latin : weight === 3 ? tight : loose
    const at = pattern ? (pattern.exec(where)?.index ?? -1) : where.indexOf(word)
    if (at < 0 || isHarmless(where, word, at, kind === 'parking' ? isPartAt : isHarmlessAt)) return []
    return [{ kind, word, weight }]
  })
  return [...found, ...calledSo(loose)]
}

const withoutLawful = (folded: string): string =>
  LAWFUL.reduce((rest, one) => rest.replaceAll(one, '\n'), folded)
/** Without what stands between the signs of a line, nor what is lawful. */
export const tightOf = (folded: string): string => withoutLawful(folded.replace(BETWEEN_IN_LINE, ''))

/** Names that only pages of betting and pornography have. */
function calledSo(text: string): BadWord[] {
  return CALLED.flatMap(({ kind, form }) => {
    const match = form.exec(text)
    if (!match) return []
    const around = text.slice(Math.max(0, match.index - NEAR), match.index + match[0].length + NEAR)
    if (DENIAL.some((one) => around.includes(one))) return []
    return [{ kind, word: match[0].slice(0, MOST_NAME), weight: 3 as const }]
  }).slice(0, 1)
}

/** Whether a word says nothing at each place where it stands. */
export function isHarmless(text: string, word: string, first: number, isSoAt = isHarmlessAt): boolean {
  for (let at = first; at >= 0; at = text.indexOf(word, at + 1)) if (!isSoAt(text, word, at)) return false
  return true
}

/** Spoken against, the name of a place, an office's own business, a part of other words or what a machine is called. */
export function isHarmlessAt(text: string, word: string, at: number): boolean {
  const behind = at + word.length
  const around = text.slice(Math.max(0, at - NEAR), behind + NEAR)
  const isNear = (one: string): boolean => around.includes(one)
  if (DENIAL.some(isNear) || ALLOWED.get(word)?.some(isNear) || isDeniedElsewhere(text, word, at)) return true
  if (isCode(word) && !BESIDE_CODES.some(isNear)) return true
  return TAILS.some((one) => text.startsWith(one, behind)) || isPartAt(text, word, at)
}

/** A part of other words, by what stands beside it. */
function isPartAt(text: string, word: string, at: number): boolean {
  const behind = at + word.length
  return WITHIN.some(
    ({ end, before, after }) =>
      word.endsWith(end) &&
      (before.some((one) => text.endsWith(one, at)) || after.some((one) => text.startsWith(one, behind))),
  )
}

/** Spoken against in another language than Chinese. */
const isDeniedElsewhere = (text: string, word: string, at: number): boolean =>
  !/\p{Script=Han}/u.test(word) &&
  DENIAL_ELSEWHERE.test(text.slice(Math.max(0, at - NEAR_ELSEWHERE), at + word.length + NEAR_ELSEWHERE))

/** Whether a text speaks against something, as offices do. */
export function isSpokenAgainst(text: string): boolean {
  const folded = foldText(text)
  return DENIAL.some((one) => folded.includes(one)) || DENIAL_ELSEWHERE.test(folded)
}
