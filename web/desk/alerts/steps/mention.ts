import type { UserListItem } from '../../../../shared/people/rights/rights.ts'

/** A name that is being typed after an @. */
export interface Mention {
  /** Where the @ stands. */
  readonly at: number
  readonly typed: string
}

/** What is typed after an @ before the caret; null where no name is being typed. */
export function mentionAt(text: string, caret: number): Mention | null {
  const found = /[@＠]([^\s@＠]{0,20})$/.exec(text.slice(0, caret))
  // The @ of a mail address is none.
  if (!found || /\w$/.test(text.slice(0, found.index))) return null
  return { at: found.index, typed: found[1] ?? '' }
}

/** The text with the name in full, and where the caret stands then. */
export function withMention(
  text: string,
  { at, typed }: Mention,
  name: string,
): { text: string; caret: number } {
  const before = `${text.slice(0, at)}@${name} `
  return { text: before + text.slice(at + 1 + typed.length), caret: before.length }
}

/** People whom a text mentions: those chosen who are still in it. */
export function mentionedIn(text: string, chosen: readonly Pick<UserListItem, 'id' | 'name'>[]): number[] {
  return [...new Set(chosen.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id))]
}
