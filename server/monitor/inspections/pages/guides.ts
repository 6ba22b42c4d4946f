import type { Limits } from '../../../../shared/monitor/inspections/inspections-rules.ts'
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
 * @param heading title and headings of the page @param least labels that make a page a guide where it is called one; where it is
 * not, two more
 * @returns null: the page is no guide
 */
export function guideSeen(
  lines: readonly string[],
  heading: string,
  words: GuideWords & { readonly guide: readonly string[]; readonly foot: readonly string[] },
  least: number,
): GuideSeen | null {
  const labels = labelsOf(words)
  const labelled = new Set<GuideElement>()
  const found = new Set<GuideElement>()
  lines.forEach((line, at) => {
    for (const { element, rest } of labelsIn(line, labels)) {
      labelled.add(element)
      // A value stands behind its label, or on the next line; where that is a label again, or the foot, there is none.
      const next = lines[at + 1] ?? ''
      const isOver = labelsIn(next, labels).length > 0 || words.foot.some((word) => next.startsWith(word))
      const value = rest === '' ? (isOver ? '' : next) : rest
      if (!saysNothing(value)) found.add(element)
    }
  })
  const others = [...labelled].filter((element) => element !== 'name').length
  const isCalled = words.guide.some((word) => heading.includes(word))
  if (others < (isCalled ? least : least + 2) || !CORE.some((element) => labelled.has(element))) return null
  // What a guide is for is its heading, if it is not said elsewhere.
  if (heading.trim() !== '') found.add('name')
  return {
    found: ELEMENTS.filter((element) => found.has(element)),
    missing: ELEMENTS.filter((element) => !found.has(element)),
  }
}

/** What is longer says something, be it dots. */
const MOST_EMPTY = 200
const saysNothing = (value: string): boolean => value.length <= MOST_EMPTY && EMPTY.test(value)

interface Labels {
  readonly words: readonly { readonly element: GuideElement; readonly word: string }[]
  readonly forms: readonly { readonly element: GuideElement; readonly form: RegExp }[]
}

const labelsOf = (words: GuideWords): Labels => ({
  words: ELEMENTS.flatMap((element) => words[element].map((word) => ({ element, word }))),
  forms: words.forms.map((one) => {
    const [element = '', form = ''] = one.split(' ')
    return { element: element as GuideElement, form: new RegExp(`^${words.before}${form}$`) }
  }),
})

/** What a line begins with that may be a label. */
const MAYBE = /^[\u4e00-\u9fa5、/]{3,14}/

const elementOf = (label: string, { words, forms }: Labels): GuideElement | null =>
  words.find(({ word }) => word === label)?.element ??
  forms.find(({ form }) => form.test(label))?.element ??
  null

/** The labels of a line, each with what stands behind it up to the next. */
function labelsIn(line: string, labels: Labels): { element: GuideElement; rest: string }[] {
  const bare = line.replace(NUMBERED, '')
  const first = labelAt(bare, labels)
  const marks = [...(first ? [{ at: 0, ...first }] : []), ...labelsBehind(bare, labels)]
  return marks.map(({ element, at, length }, index) => {
    const end = marks[index + 1]?.at ?? bare.length
    return { element, rest: bare.slice(at + length, end).trim() }
  })
}

function labelAt(text: string, labels: Labels): { element: GuideElement; length: number } | null {
  const said = MAYBE.exec(text)?.[0] ?? ''
  const called = elementOf(said, labels)
  const words = called ? [...labels.words, { element: called, word: said }] : labels.words
  const fits = words.flatMap(({ element, word }) => {
    if (!text.startsWith(word)) return []
    const after = AFTER.exec(text.slice(word.length))
    return after && (after[0] !== '' || text.length <= MOST_LABEL)
      ? [{ element, length: word.length + after[0].length }]
      : []
  })
  return fits.reduce<(typeof fits)[number] | null>(
    (best, one) => (best && best.length >= one.length ? best : one),
    null,
  )
}

/** Several on one line have a colon each: 办理地点：… 办理时间：… */
function labelsBehind(text: string, labels: Labels): { at: number; element: GuideElement; length: number }[] {
  const found: { at: number; element: GuideElement; length: number }[] = []
  for (const match of text.matchAll(/[\s;；,，。|｜]([\u4e00-\u9fa5]{2,10})\s*[:：]\s*/g)) {
    const element = elementOf(match[1] ?? '', labels)
    if (element) found.push({ at: match.index, element, length: match[0].length })
  }
  return found
}

type Words = Parameters<typeof guideSeen>[2]
const wordsOf = (limits: Limits): Words =>
  ({
    ...Object.fromEntries(
      [...ELEMENTS, 'guide', 'foot', 'forms'].map((one) => {
        const words = limits[one]
        return [one, Array.isArray(words) ? words : []]
      }),
    ),
    before: String(limits.before),
  }) as unknown as Words

/** A guide to a service that lacks elements. */
export const guideElements: PageRule = { id: 'page-guide', look }

function look({ finalUrl, depth }: Retrieved, parsed: Parsed, _site: unknown, limits: Limits): Outcome {
  if (depth === 0) return { outcome: 'clear' }
  const words = wordsOf(limits)
  const heading = [
    parsed.title,
    ...parsed.elements.filter(({ tag }) => /^h[1-3]$/.test(tag)).map(({ text }) => text),
  ].join(' ')
  const seen = guideSeen(linesOf(parsed.html), heading, words, Number(limits.least))
  if (!seen || seen.missing.length === 0) return { outcome: 'clear' }
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
