import type { Unmeasured } from '../../../../shared/monitor/messages/messages-rules.ts'
import type { SiteRule } from '../rule.ts'

/** Reasons of the reader of message columns, by the names that they have here. */
const REASONS: Readonly<Record<Unmeasured, string>> = {
  ...{
    noColumn: 'messagesNoColumn',
    unread: 'messagesUnread',
    script: 'messagesScript',
    noDates: 'messagesNoDates',
  },
  ...{ noMarks: 'messagesNoMarks', tooMany: 'messagesTooMany', noLetters: 'messagesNoLetters' },
}

/** Letters on the site that nobody has answered for months: what the daily reading of its message columns saw (`monitor/messages`). */
export const messages: SiteRule = {
  id: 'page-messages',
  isOfKept: true,
  async measure({ url }, { kept }) {
    const verdict = await kept.messages()
    if (!verdict || verdict.outcome === 'unmeasured') {
      return { outcome: 'unmeasured', reason: REASONS[verdict?.why ?? 'unread'] }
    }
    if (verdict.outcome === 'clear') return { outcome: 'clear' }
    return {
      outcome: 'found',
      problems: verdict.some.map(({ on, title, url: at }) => ({
        ...{ key: `${on} ${title}`, url: at ?? url, excerpt: `${on} ${title}`, outline: { text: title } },
        detail: { on, waiting: verdict.count },
      })),
    }
  },
}
