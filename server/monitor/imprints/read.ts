import { cut } from '../../../shared/base/text.ts'
import { type Imprint, MARKS, type Mark } from '../../../shared/monitor/imprints/imprints-rules.ts'
import words from '../../../shared/monitor/imprints/words.json' with { type: 'json' }
import { clean } from '../read/page/text.ts'

/** Values of one kind that are kept; a page that names more is a list of others. */
const MOST = 4
/** Characters looked at behind a label: a name, with the elements that stand between. */
const BEHIND_LABEL = 400
const MOST_TEXT = 200
/** The foot is the last part of a page; so many characters and so many labels are looked through, from its end. */
const MOST_HTML = 500_000
const MOST_LABELS = 50

const either = (some: readonly string[]): string => some.join('|')
/** A label, its signs set apart or not: 主 办 单 位. */
const labels = (some: readonly string[]): RegExp =>
  new RegExp(`(?:${either(some.map((label) => [...label].join('(?:\\s|&nbsp;){0,4}')))})`, 'g')
const LABELLED = {
  code: labels(words.code.labels),
  unit: labels(words.unit.labels),
  wholeUnit: labels(words.unit.labels.slice(0, 1)),
  phone: labels(words.contact.labels),
}
const CODE = /^[\s:([\u3010]*((?:bm\d{8}|\d{6}\s?\d{4})(?!\d))/i
const CODE_IN_ADDRESS = new RegExp(
  `[?&;](?:${either(words.code.parameters)})=((?:bm\\d{8}|\\d{10})(?!\\d))`,
  'gi',
)
const UNIT = /^\s*[:\uff1a]\s*([^\s:\uff1a|\uff5c,\uff0c;\uff1b]{2,80})/
/** In a cell behind the one with the label in full: what ends as units do, and no link of the foot (联系我们). */
const UNIT_IN_CELL = new RegExp(
  `^\\s+(\\p{Script=Han}[^\\s:\uff1a|\uff5c,\uff0c;\uff1b]{0,79}[${words.unit.ends}])(?=[\\s|\uff5c,\uff0c;\uff1b(\uff08]|$)`,
  'u',
)
/** Who runs a site may stand before that it does, with nothing else: 某局主办, 本网站由某局主办; not in a sentence of the news. */
const UNIT_BEFORE = new RegExp(words.unit.before, 'gu')
/** Characters at the end of a page that are its foot. */
const FOOT = 6_000
const PHONE =
  /^[\s:\uff1a+]*((?:86[- ]?)?\(?0?\d{2,3}\)?[-\u2010-\u2015\u2212 ]{0,2}\d{3,4}[- ]?\d{3,4}|0\d{2,3}-?12\d{3}|\d{7,8}|1[2-9]\d{3,9})(?!\d)/
const TELEPHONE_LINK = /href\s{0,3}=\s{0,3}["']?tel:([\d+() -]{5,20})/gi
const FILED = {
  icp: { mark: new RegExp(either(words.icp.marks), 'g'), value: new RegExp(words.icp.pattern, 'i') },
  police: { mark: new RegExp(either(words.police.marks), 'g'), value: new RegExp(words.police.pattern) },
}
/** The number in the address of the register of the police. */
const FILED_IN_ADDRESS = new RegExp(
  `beian\\.(?:gov|mps\\.gov)\\.cn/[^"'\\s<>]{0,200}[?&;](?:${either(words.police.parameters)})=(\\d{11,14})(?!\\d)`,
  'gi',
)
/** Characters around a mark that its filing stands in. */
const AROUND = { before: 8, after: 60 }
const ELSEWHERE = new RegExp(either(words.contact.elsewhere))

/**
 * Reads what a page says of itself, wherever in it that stands: scripts that write a foot hold its words as well. Linear in
 * the length of the page.
 * @param htmls the page, decoded, and those that it holds within itself.
 */
export function readImprint(
  htmls: readonly string[],
  { title, unseen }: Pick<Imprint, 'title' | 'unseen'>,
): Imprint {
  const pages = htmls.map((html) => withSigns(withoutComments(html)).normalize('NFKC'))
  const all = (read: (html: string) => string[]): string[] => distinct(pages.flatMap(read))
  return {
    title: cut(clean(title), MOST_TEXT),
    codes: all((html) => [
      ...behind(html, LABELLED.code, CODE),
      ...[...html.matchAll(CODE_IN_ADDRESS)].map(([, code = '']) => code),
    ]).map((code) => code.toLowerCase()),
    icp: all((html) => around(html, FILED.icp)),
    police: all((html) => {
      const said = around(html, FILED.police)
      return said.length > 0 ? said : [...html.matchAll(FILED_IN_ADDRESS)].map(([, number = '']) => number)
    }),
    units: all((html) => {
      const said = [...behind(html, LABELLED.unit, UNIT), ...behind(html, LABELLED.wholeUnit, UNIT_IN_CELL)]
      return said.length > 0 ? said : unitsBefore(html)
    }),
    phones: all((html) => [
      ...behind(html, LABELLED.phone, PHONE),
      ...[...html.matchAll(TELEPHONE_LINK)].map(([, phone = '']) => phone),
    ]),
    leadsToContact: pages.some((html) => ELSEWHERE.test(html)),
    marks: MARKS.filter((mark) => pages.some((html) => hasMark(html, mark))),
    unseen,
  }
}

/** What several pages say together; all but their titles and what was not seen of them. */
export function joinImprints(some: readonly Imprint[]): Omit<Imprint, 'title' | 'unseen'> {
  const all = (of: (one: Imprint) => readonly string[]) => distinct(some.flatMap(of))
  return {
    codes: all(({ codes }) => codes),
    icp: all(({ icp }) => icp),
    police: all(({ police }) => police),
    units: all(({ units }) => units),
    phones: all(({ phones }) => phones),
    leadsToContact: some.some(({ leadsToContact }) => leadsToContact),
    marks: MARKS.filter((mark) => some.some(({ marks }) => marks?.includes(mark))),
  }
}

const ADDRESS = /(?:src|href|action)\s*=\s*\\?["']?\s{0,3}([^"'\s>]{1,500})/gi
/** What scripts write in place of markup. */
const WRITTEN = /unescape\(\s*(["'])(.{1,2000}?)\1/gi
const BLANKS = '(?:\\s|&nbsp;|<[^>]{0,300}>){0,20}'
const MARKED: Readonly<Record<Mark, ReturnType<typeof labelled>>> = {
  official: labelled('official'),
  report: labelled('report'),
  map: labelled('map'),
}

/** A link's whole words, or the name of a picture: that a notice speaks of a mark is none. */
function labelled(mark: Mark): { readonly text: RegExp; readonly picture: RegExp } {
  const quoted = (some: readonly string[]) =>
    `["'\u201c\u300c]?(?:${either(some.map((one) => [...one].join('\\s?')))})["'\u201d\u300d]?`
  const { labels: all, text = all } = words.marks[mark] as { labels: string[]; text?: string[] }
  return {
    text: new RegExp(`>${BLANKS}${quoted(text)}\\s*(?:<|&nbsp;)`, 'gi'),
    picture: new RegExp(`(?:alt|title)\\s*=\\s*["']\\s*${quoted(all)}\\s*["']`, 'i'),
  }
}

/** By where it leads or is fetched from, or by what it is called. */
function hasMark(html: string, mark: Mark): boolean {
  const { addresses } = words.marks[mark]
  const has = (text: string) => addresses.some((one) => text.toLowerCase().includes(one))
  for (const [, address = ''] of html.matchAll(ADDRESS)) if (has(address)) return true
  for (const [, , written = ''] of html.matchAll(WRITTEN)) if (has(written)) return true
  const { text, picture } = MARKED[mark]
  return (
    picture.test(html) ||
    [...html.matchAll(text)]
      .slice(-MOST_LABELS)
      .some(({ 0: said, index }) => isPressed(html, index + said.length))
  )
}

/** Characters before a word in which the link begins that it stands in. */
const LINK = 600

/** Whether a place is within a link, or in something that a script waits to be pressed. */
function isPressed(html: string, at: number): boolean {
  const before = html
    .slice(Math.max(0, at - LINK), at)
    .replace(/\s/g, ' ')
    .toLowerCase()
  const link = before.lastIndexOf('<a ')
  return link > before.lastIndexOf('</a') || /onclick[^<>]{0,200}>[^<>]{0,60}<?$/.test(before)
}

/** What nobody sees does not count; a comment that is never closed is text. */
function withoutComments(html: string): string {
  const foot = html.slice(-MOST_HTML)
  const parts: string[] = []
  for (let from = 0; ; ) {
    const begin = foot.indexOf('<!--', from)
    const end = begin < 0 ? -1 : foot.indexOf('-->', begin)
    if (end < 0) return [...parts, foot.slice(from)].join(' ')
    parts.push(foot.slice(from, begin))
    from = end + 3
  }
}

const BY_NUMBER = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));?/gi
/** Signs that are not seen, some of them by their names. */
const UNSEEN = /&(?:zwnj|zwj|shy);|[\u00ad\u200b-\u200d\u2060\ufeff]/gi
/** `"`, `&`, `'`, `<` and `>`. */
const MARKUP: ReadonlySet<number> = new Set([0x22, 0x26, 0x27, 0x3c, 0x3e])

/** With signs in the place of their numbers, but for those that make markup, and without those that are not seen. */
function withSigns(html: string): string {
  const plain = html.replace(BY_NUMBER, (all, hex?: string, digits?: string) => {
    const point = hex === undefined ? Number(digits) : Number.parseInt(hex, 16)
    const isSign = point >= 0x20 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff)
    return isSign && !MARKUP.has(point) ? String.fromCodePoint(point) : all
  })
  return plain.replace(UNSEEN, '')
}

/** Filings that stand around a mark: looked for everywhere they would cost as much as all the rest. */
function around(html: string, { mark, value }: { readonly mark: RegExp; readonly value: RegExp }): string[] {
  return [...html.matchAll(mark)].slice(-MOST_LABELS).flatMap(({ index }) => {
    const from = Math.max(0, index - AROUND.before)
    const said = html.slice(from, index + AROUND.after)
    return (value.exec(said) ?? value.exec(textOf(said)))?.[0] ?? []
  })
}

/** What stands behind a label, whatever elements come between; the last first. */
function behind(html: string, label: RegExp, value: RegExp): string[] {
  return [...html.matchAll(label)]
    .slice(-MOST_LABELS)
    .flatMap(({ index, 0: said }) => {
      const from = index + said.length
      return value.exec(textOf(html.slice(from, from + BEHIND_LABEL)))?.[1] ?? []
    })
    .reverse()
}

const unitsBefore = (html: string): string[] =>
  [...textOf(html.slice(-FOOT)).matchAll(UNIT_BEFORE)].map(([, name = '']) => name)

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*(?:>|$)/g, ' ')
    .replace(/&(?:nbsp|ensp|emsp|thinsp|hairsp);/gi, ' ')
    .normalize('NFKC')

const distinct = (some: readonly string[]): string[] =>
  [...new Set(some.map((one) => cut(clean(one), MOST_TEXT)).filter((one) => one !== ''))].slice(0, MOST)
