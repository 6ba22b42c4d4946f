import type { Round } from '../../../shared/census/rounds/rounds.ts'
import type { RoundKind, Standing } from '../../../shared/census/rounds/rounds-rules.ts'
import { call } from '../../base/call.ts'
import type { Fact } from '../../base/live/fact.ts'
import { usePages } from '../../base/ui/lists/usePages.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

const isOne = ({ kind }: Fact): boolean => kind.startsWith('round.')

/** Rounds, newest first; told by facts. */
export const useRounds = (asked: () => { readonly kind?: RoundKind | undefined }) =>
  usePages(asked, (filter, cursor) => call('rounds', { query: { ...filter, cursor, limit: 100 } }), {
    facts: isOne,
  })

/** One round, and how far it has come. */
export function useRound(id: () => number) {
  const about = { facts: isOne, again: 'minute' } as const
  return {
    round: useQuery(id, (one) => call('round', { params: { id: one } }), about),
    progress: useQuery(id, (one) => call('roundProgress', { params: { id: one } }), about),
  }
}

/** As they stand on the page: what is behind stands first, what is over last. */
const ORDER = ['overdue', 'atRisk', 'running', 'planned', 'ended'] as const satisfies readonly Standing[]

/** Rounds by how they stand; of what is due, the first due first. */
export function byStanding(rounds: readonly Round[]) {
  return ORDER.map((standing) => {
    const items = rounds.filter((one) => one.standing === standing)
    if (standing !== 'ended') items.sort((a, b) => (a.dueOn < b.dueOn ? -1 : 1))
    return { standing, items }
  }).filter(({ items }) => items.length > 0)
}
