import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
import { isInPart } from '../page/once.ts'
import type { Parsed } from '../page/parsed.ts'
import type { Outcome, PageRule, Retrieved } from '../rule.ts'
import { linesOf } from './lines.ts'

/** The classes of element that a guide to a service has (2015 table, 办事指南), as their words are named in the limits. */
export const ELEMENTS = [
  'name',
  'basis',
  'conditions',
  'papers',
  'place',
  'hours',
  'phone',
  'procedure',
] as const
export type GuideElement = (typeof ELEMENTS)[number]

/** What nothing but a guide says: where, when and by what number is said of any office. */
const CORE: readonly GuideElement[] = ['conditions', 'papers', 'procedure']

export type GuideWords = Readonly<Record<GuideElement, readonly string[]>> & {
  /** What an office puts before the words for an element, as a pattern; and those, each behind the name of its element. */
  readonly before: string
  readonly forms: readonly string[]
  /** What headings end with that announce or explain something: it has conditions and papers as well, and need not have all the rest. */
  readonly proclaiming: readonly string[]
}

/** The headings of a page: those on top are its title, part by part, and what it calls itself. */
export interface GuideHeadings {
  readonly top: readonly string[]
  readonly below: readonly string[]
}

/** In front of a label: numbers and brackets of all kinds. */
const NUMBERED =
  /^(?:[\s【[（(]*(?:第?[一二三四五六七八九十]{1,3}|\d{1,2})\s*[、.．)）\]】:：]?\s*)?[\s【[（(*●■◆▶·-]*/
/** Behind it: an end, or what begins a value. */
const AFTER = /^(?:\s*[】\]〕]\s*[:：]?\s*|[\s)）]*(?:[:：]\s*|$))/
/** A value that says that there is none. */
const EMPTY = /^[\s:：\-—/\\.。…]*(?:无内容|待补充|暂无|略|空|null|undefined)?[\s.。]*$/i
/** A label and value in one row of a table are two lines; a label is no longer. */
const MOST_LABEL = 24

/** What a page says of each class, and whether it is a guide at all. */
export interface GuideSeen {
  readonly found: readonly GuideElement[]
  readonly missing: readonly GuideElement[]
}

/**
 * The elements of a guide.
 * @param least labels that make a page a guide where it is called one; where it is not, two more, and each a label in full
 * @returns null: the page is no guide
 */
export function guideSeen(
  lines: readonly string[],
  { top, below }: GuideHeadings,
  words: GuideWords & { readonly guide: readonly string[]; readonly foot: readonly string[] },
  least: number,
): GuideSeen | null {
  const announces = (heading: string): boolean => announcesSo(heading, words.proclaiming)
  const calls = (heading: string): boolean =>
    words.guide.some((word) => heading.includes(word)) && !announces(heading)
  const isAnnounced = top.some(announces)
  if (isAnnounced && !top.some(calls)) return null
  const isCalled = [...top, ...below].some(calls)
  const labels = labelsOf(words)
  const labelled = new Set<GuideElement>()
  const found = new Set<GuideElement>()
  lines.forEach((line, at) => {
    for (const { element, rest, isWord } of labelsIn(line, labels)) {
      if (isWord || isCalled) labelled.add(element)
      // A value stands behind its label, or on the next line; where that is a label again, or the foot, there is none.
      const next = lines[at + 1] ?? ''
      const isOver = labelsIn(next, labels).length > 0 || words.foot.some((word) => next.startsWith(word))
      const value = rest === '' ? (isOver ? '' : next) : rest
      if (!saysNothing(value)) found.add(element)
    }
  })
  const others = [...labelled].filter((element) => element !== 'name').length
  if (others < (isCalled ? least : least + 2) || !CORE.some((element) => labelled.has(element))) return null
  // What a guide is for is its heading, if it is not said elsewhere.
  if ([...top, ...below].some((heading) => heading.trim() !== '')) found.add('name')
  return {
    found: ELEMENTS.filter((element) => found.has(element)),
    missing: ELEMENTS.filter((element) => !found.has(element)),
  }
}

/** Behind what a heading ends with: which of several it is, and signs. */
const BEHIND = /(?:[\s\d.…。!！”》_-]|[(（【[][^()（）【】[\]]{0,20}[)）】\]]){0,20}$/
const announcesSo = (heading: string, proclaiming: readonly string[]): boolean => {
  const bare = heading.slice(-MOST_HEADING).replace(BEHIND, '')
  return proclaiming.some((word) => bare.endsWith(word))
}
const MOST_HEADING = 200

/** What is longer says something, be it dots. */
const MOST_EMPTY = 200
const saysNothing = (value: string): boolean => value.length <= MOST_EMPTY && EMPTY.test(value)

interface Labels {
  readonly words: readonly (Meant & { readonly word: string })[]
  readonly forms: readonly { readonly element: GuideElement; readonly form: RegExp }[]
}

const labelsOf = (words: GuideWords): Labels => ({
  words: ELEMENTS.flatMap((element) => words[element].map((word) => ({ element, word, isWord: true }))),
  forms: words.forms.map((one) => {
    const [element = '', form = ''] = one.split(' ')
    return { element: element as GuideElement, form: new RegExp(`^${words.before}${form}$`) }
  }),
})

/** What a line begins with that may be a label. */
const MAYBE = /^[\u4e00-\u9fa5、/]{3,14}/

/** What a label is for, and whether that is one of its words in full. */
interface Meant {
  readonly element: GuideElement
  readonly isWord: boolean
}

function meantBy(label: string, { words, forms }: Labels): Meant | null {
  const word = words.find((one) => one.word === label)
  if (word) return word
  const form = forms.find((one) => one.form.test(label))
  return form ? { element: form.element, isWord: false } : null
}

/** The labels of a line, each with what stands behind it up to the next. */
function labelsIn(line: string, labels: Labels): (Meant & { readonly rest: string })[] {
  const bare = line.replace(NUMBERED, '')
  const first = labelAt(bare, labels)
  const marks = [...(first ? [{ at: 0, ...first }] : []), ...labelsBehind(bare, labels)]
  return marks.map(({ element, isWord, at, length }, index) => {
    const end = marks[index + 1]?.at ?? bare.length
    return { element, isWord, rest: bare.slice(at + length, end).trim() }
  })
}

function labelAt(text: string, labels: Labels): (Meant & { readonly length: number }) | null {
  const said = MAYBE.exec(text)?.[0] ?? ''
  const meant = meantBy(said, labels)
  const words = meant && !meant.isWord ? [...labels.words, { ...meant, word: said }] : labels.words
  const fits = words.flatMap(({ element, isWord, word }) => {
    if (!text.startsWith(word)) return []
    const after = AFTER.exec(text.slice(word.length))
    return after && (after[0] !== '' || text.length <= MOST_LABEL)
      ? [{ element, isWord, length: word.length + after[0].length }]
      : []
  })
  return fits.reduce<(typeof fits)[number] | null>(
    (best, one) => (best && best.length >= one.length ? best : one),
    null,
  )
}

/** Several on one line have a colon each: 办理地点：… 办理时间：… */
function labelsBehind(text: string, labels: Labels): (Meant & { at: number; length: number })[] {
  const found: (Meant & { at: number; length: number })[] = []
  for (const match of text.matchAll(/[\s;；,，。|｜]([\u4e00-\u9fa5]{2,10})\s*[:：]\s*/g)) {
    const meant = meantBy(match[1] ?? '', labels)
    if (meant) found.push({ ...meant, at: match.index, length: match[0].length })
  }
  return found
}

type Words = Parameters<typeof guideSeen>[2]
const wordsOf = (limits: Limits): Words =>
  ({
    ...Object.fromEntries(
      [...ELEMENTS, 'guide', 'foot', 'forms', 'proclaiming'].map((one) => {
        const words = limits[one]
        return [one, Array.isArray(words) ? words : []]
      }),
    ),
    before: String(limits.before),
  }) as unknown as Words

/** Between what a title says and where the page stands. */
const PARTS = /[-_|｜—–·>»]{1,3}/

/** A guide to a service that lacks elements. */
export const guideElements: PageRule = { id: 'page-guide', look }

function look(page: Retrieved, parsed: Parsed, _site: unknown, limits: Limits): Outcome {
  const { finalUrl, depth } = page
  if (depth === 0) return { outcome: 'clear', regardless: true }
  const words = wordsOf(limits)
  const textsOf = (form: RegExp): string[] =>
    parsed.elements.filter(({ tag }) => form.test(tag)).map(({ text }) => text)
  const headings = { top: [...parsed.title.split(PARTS), ...textsOf(/^h1$/)], below: textsOf(/^h[23]$/) }
  const seen = guideSeen(linesOf(parsed.html), headings, words, Number(limits.least))
  if (!seen) return { outcome: 'clear' }
  if (seen.missing.length === 0) return { outcome: 'clear', regardless: true }
  // What is missing may stand in the rest, and may not: what was told of the page is not over.
  if (isInPart(page, parsed)) return { outcome: 'unmeasured', reason: 'guideTooLong' }
  return {
    outcome: 'found',
    problems: [
      {
        ...{ key: new URL(finalUrl).pathname, url: finalUrl, outline: null },
        excerpt: seen.missing.map((element) => words[element]?.[0] ?? element).join('、'),
        detail: { missing: seen.missing.join(','), count: seen.missing.length },
      },
    ],
  }
}
