import type { ParsedElement } from './element.ts'
import type { Look } from './hidden.ts'

/** What stands in these is for browsers that do not know them. */
const FALLBACK = new Set(['canvas', 'video', 'audio'])

/** By `<details>`, what it is opened by; null: that shows something besides words. */
export type Summaries = ReadonlyMap<ParsedElement, ParsedElement | null>

/** How what an element stands in looks, as far as it is handed on to it. */
export function aroundOf({ tag, parent }: ParsedElement, look: Look, summaries: Summaries): Look {
  if (parent === null) return look
  if (FALLBACK.has(parent.tag)) return { ...look, hiddenBy: look.hiddenBy ?? 'attribute' }
  if (parent.tag !== 'details' || tag === 'summary' || parent.attributes.open !== undefined) return look
  // Nobody opens what says nothing.
  return summaries.get(parent)?.text === ''
    ? { ...look, hiddenBy: look.hiddenBy ?? 'attribute' }
    : { ...look, isDoubtful: true }
}
