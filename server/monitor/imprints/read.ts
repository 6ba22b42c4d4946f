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
const LABELLED = {
  code: new RegExp(`(?:${either(words.code.labels)})`, 'g'),
  unit: new RegExp(`(?:${either(words.unit.labels)})`, 'g'),
  phone: new RegExp(`(?:${either(words.contact.labels)})`, 'g'),
}
const CODE = /^[\s:\uff1a]*((?:bm\d{8}|\d{10})(?!\d))/i
const CODE_IN_ADDRESS = new RegExp(
  `[?&;](?:${either(words.code.parameters)})=((?:bm\\d{8}|\\d{10})(?!\\d))`,
  'gi',
)
const UNIT = /^\s*[:\uff1a]\s*([^\s:\uff1a|\uff5c,\uff0c;\uff1b]{2,80})/
const PHONE = /^[\s:\uff1a]*(\(?0\d{2,3}\)?[- ]{0,2}\d{3,4}[- ]?\d{3,4}|\d{7,8}|1[2-9]\d{3,9})(?!\d)/
const FILED = {
  icp: { mark: new RegExp(either(words.icp.marks), 'g'), value: new RegExp(words.icp.pattern, 'i') },
  police: { mark: new RegExp(either(words.police.marks), 'g'), value: new RegExp(words.police.pattern) },
}
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
  const pages = htmls.map(withoutComments)
  const all = (read: (html: string) => string[]): string[] => distinct(pages.flatMap(read))
  return {
    title: cut(clean(title), MOST_TEXT),
    codes: all((html) => [
      ...behind(html, LABELLED.code, CODE),
      ...[...html.matchAll(CODE_IN_ADDRESS)].map(([, code = '']) => code),
    ]).map((code) => code.toLowerCase()),
    icp: all((html) => around(html, FILED.icp)),
    police: all((html) => around(html, FILED.police)),
    units: all((html) => behind(html, LABELLED.unit, UNIT)),
    phones: all((html) => behind(html, LABELLED.phone, PHONE)),
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
const MARKED: Readonly<Record<Mark, RegExp>> = {
  official: labelled('official'),
  report: labelled('report'),
  map: labelled('map'),
}

/** A link's whole words, or the name of a picture: that a notice speaks of a mark is none. */
function labelled(mark: Mark): RegExp {
  const label = `["'\u201c\u300c]?(?:${either(words.marks[mark].labels)})["'\u201d\u300d]?`
  return new RegExp(`>${BLANKS}${label}\\s*(?:<|&nbsp;)|(?:alt|title)\\s*=\\s*["']\\s*${label}\\s*["']`, 'i')
}

/** By where it leads or is fetched from, or by what it is called. */
function hasMark(html: string, mark: Mark): boolean {
  const { addresses } = words.marks[mark]
  const has = (text: string) => addresses.some((one) => text.toLowerCase().includes(one))
  for (const [, address = ''] of html.matchAll(ADDRESS)) if (has(address)) return true
  for (const [, , written = ''] of html.matchAll(WRITTEN)) if (has(written)) return true
  return MARKED[mark].test(html)
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

/** Filings that stand around a mark: looked for everywhere they would cost as much as all the rest. */
function around(html: string, { mark, value }: { readonly mark: RegExp; readonly value: RegExp }): string[] {
  return [...html.matchAll(mark)].slice(-MOST_LABELS).flatMap(({ index }) => {
    const from = Math.max(0, index - AROUND.before)
    return value.exec(html.slice(from, index + AROUND.after))?.[0] ?? []
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

const textOf = (html: string): string =>
  html
    .replace(/<[^>]*(?:>|$)/g, ' ')
    .replace(/&(?:nbsp|ensp|emsp|#160|#xa0);/gi, ' ')
    .normalize('NFKC')

const distinct = (some: readonly string[]): string[] =>
  [...new Set(some.map((one) => cut(clean(one), MOST_TEXT)).filter((one) => one !== ''))].slice(0, MOST)
