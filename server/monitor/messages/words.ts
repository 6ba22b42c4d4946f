import type { MessageRules } from '../../../shared/monitor/messages/messages-rules.ts'

/** What the words of a rule set say, ready to be looked for. */
export interface MessageWords {
  /** Whether something of this name is a column whose letters have to be answered. */
  isColumn(name: string): boolean
  isNext(name: string): boolean
  /** Whether words beside a letter say that it has an answer; null where they say nothing. */
  saysAnswered(text: string): boolean | null
  /** Of a column of a table: the day or the state of an answer. */
  headOf(name: string): 'answeredOn' | 'state' | null
  /** Where the answer itself, its day or its state begins in a text: the text from there, after each such word. */
  after(text: string, kind: 'answer' | 'answeredOn' | 'state'): readonly string[]
  /** Nothing but that there is nothing. */
  isNothing(text: string): boolean
}

/** What stands behind a word is looked at so far. */
const AHEAD = 80

export function messageWords({ words }: Pick<MessageRules, 'words'>): MessageWords {
  const has = (kind: keyof MessageRules['words'], text: string) =>
    words[kind].some((word) => text.includes(word))
  return {
    isColumn: (name) => has('column', name) && !has('notColumn', name),
    isNext: (name) => has('next', name),
    saysAnswered(text) {
      // 未回复 holds 回复, and 已受理 is no answer yet.
      if (has('waiting', text)) return false
      return has('answered', text) ? true : null
    },
    headOf(name) {
      if (has('answeredOn', name)) return 'answeredOn'
      return has('state', name) ? 'state' : null
    },
    after: (text, kind) =>
      words[kind].flatMap((word) => {
        const at = text.indexOf(word)
        return at < 0
          ? []
          : [text.slice(at + word.length, at + word.length + AHEAD).replace(/^[\s\uFF1A:\u3011\]]+/, '')]
      }),
    isNothing: (text) => text === '' || words.nothing.includes(text),
  }
}
