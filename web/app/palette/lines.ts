import type { FoundKind } from '../../../shared/city/search/search-rules.ts'
import type { Entry, Section } from '../../base/ui/entries.ts'

/** A line of the palette that can be chosen. */
export interface Line extends Omit<Entry, 'section'> {
  /** Which signs of the name fit what was typed. */
  readonly marked?: readonly [from: number, to: number] | null
  /** It leads to the list that has all of them. */
  readonly isAll?: true
}

/** Lines of one kind, under what they are called. */
export interface Group {
  readonly key: Section | FoundKind
  readonly title: string
  /** How many there are, in words; '' where nobody asks. */
  readonly count: string
  /** Why it has none, where it should have some. */
  readonly trouble: string
  readonly lines: readonly Line[]
}

/** The sections of what the palette knows by itself, in their order. */
export function groupsOf(entries: readonly Entry[], titleOf: (section: Section) => string): Group[] {
  const sections = [...new Set(entries.map(({ section }) => section))]
  return sections.map((section) => ({
    key: section,
    title: titleOf(section),
    count: '',
    trouble: '',
    lines: entries.filter((entry) => entry.section === section),
  }))
}

/** A text in three: before what fits, what fits, and after it. */
export function inThree(
  text: string,
  marked: readonly [from: number, to: number] | null | undefined,
): readonly [string, string, string] {
  return marked ? [text.slice(0, marked[0]), text.slice(...marked), text.slice(marked[1])] : [text, '', '']
}
