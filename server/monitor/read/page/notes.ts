import { noteYear, passYear } from '../dates/year-heads.ts'
import { takeHeading } from '../heading.ts'
import { isImprint } from '../labels.ts'
import { passBoxHead, takeBoxHead } from './box-heads.ts'
import { isPlaceholder } from './drawn.ts'
import { type Frame, noteCellText } from './frames.ts'
import type { Foot, Hit, Page } from './page.ts'
import { lookOf } from './text.ts'
import { closeWords, noteWords } from './unlinked.ts'
import { passVisitors, takeVisitorsHead } from './visitors.ts'

/** What a run of text is, besides its words. */
interface Run {
  readonly isDate: boolean
  readonly isInLink: boolean
}

/** Notes what a run of text says of the page and of the elements that it stands in. */
export function noteRun(page: Page, stack: Frame[], text: string, { isDate, isInLink }: Run): void {
  const hasWords = lookOf(text) !== 'figures'
  if (isPlaceholder(text)) page.placeholders++
  page.textLength += text.length
  if (!isInLink) takeHeading(page, text, stack)
  noteCellText(stack, text)
  noteWords(stack.at(-1), text, isDate)
  if (hasWords) takeVisitorsHead(stack, text)
  const isBoxHead = takeBoxHead(stack, text, hasWords)
  noteYear(page, stack, text, { isDate, isInLink, isBoxHead })
  if (isImprint(text)) page.imprints.push(page.textLength)
}

/** Hands on what was noted of an element that has been closed; `stack` no longer holds it. */
export function closeNotes(frame: Frame, stack: Frame[]): void {
  closeWords(frame, stack)
  passVisitors(frame, stack.at(-1))
  passBoxHead(frame, stack.at(-1))
  passYear(frame, stack.at(-1))
}

/** Where several feet of one name have days, they are those of cards, and none is the page's. */
export function tellFeet(hits: readonly Hit[]): void {
  const feet = new Map<string, Set<Foot>>()
  for (const { foot } of hits) {
    if (foot) feet.set(foot.names, (feet.get(foot.names) ?? new Set()).add(foot))
  }
  for (const hit of hits) if (hit.foot && (feet.get(hit.foot.names)?.size ?? 0) > 1) hit.foot = null
}
