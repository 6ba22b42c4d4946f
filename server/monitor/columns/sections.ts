import type { Token } from './tokens.ts'

export type Name = Extract<Token, { kind: 'name' }>
export type Entry = Extract<Token, { kind: 'name' | 'link' }>

/** Names, and the lists under them, up to the next names. */
export interface Section {
  names: Name[]
  /** Entries by the list that they stand in, in the order of the page. */
  lists: Map<number, Entry[]>
  /** Ways to more that stand before the lists, and after them. */
  before: string[]
  after: string[]
}

const newSection = (): Section => ({ names: [], lists: new Map(), before: [], after: [] })

/**
 * Cuts a page into sections: names follow each other, then come lists. A short link inside a list that has begun
 * is one of its entries, and so is anything dated.
 * @param isDated by address or, without one, by text.
 */
export function sectionsOf(tokens: readonly Token[], isDated: (entry: Entry) => boolean): Section[] {
  const sections: Section[] = []
  let section = newSection()
  const begin = () => {
    sections.push(section)
    section = newSection()
  }
  for (const token of tokens) {
    const { lists, names } = section
    if (token.kind === 'more') (lists.size > 0 ? section.after : section.before).push(token.href)
    else if (isEntry(token, section, isDated)) {
      const list = lists.get(token.list)
      if (list) list.push(token)
      else lists.set(token.list, [token])
    } else if (token.kind === 'name') {
      const isEmptyBox = section.before.length > 0 && names.at(-1)?.isHead === true && token.isHead
      if (lists.size > 0 || (isEmptyBox && names.at(-1)?.box !== token.box)) begin()
      section.names.push(token)
    }
  }
  begin()
  return sections
}

function isEntry(token: Entry, { lists }: Section, isDated: (entry: Entry) => boolean): boolean {
  if (token.kind === 'link' || isDated(token)) return true
  return !token.isHead && lists.has(token.list)
}

/** The names over a list: the last that stands where headings stand, with those beside it, as tabs are. */
export function headsOf(names: readonly Name[]): Name[] {
  const last = names.findLast((name) => name.isHead)
  return last ? names.filter((name) => name.isHead && name.box === last.box) : []
}
