import { type ComputedRef, computed } from 'vue'
import type { Fact } from '../../../shared/base/facts.ts'
import { call } from '../call.ts'
import { type Pages, usePages } from '../ui/lists/usePages.ts'

/** Whose facts. */
export interface TimelineSubject {
  readonly siteId?: number
  readonly alertId?: number
  readonly rectificationId?: number
}

export interface Timeline extends Pages<Fact> {
  /** Newest first, each once. */
  readonly facts: ComputedRef<readonly Fact[]>
}

const PAGE = 15

function concerns(fact: Fact, subject: TimelineSubject): boolean {
  if (subject.siteId !== undefined) return fact.siteId === subject.siteId
  if (fact.kind === 'site.changed' || fact.kind === 'register.changed') return false
  if ('alert' in fact.data) return fact.data.alert.id === subject.alertId
  return 'rectification' in fact.data && fact.data.rectification.id === subject.rectificationId
}

/** The facts about one site, alert or rectification: the latest page, kept up, and earlier ones on demand. */
export function useTimeline(subject: () => TimelineSubject): Timeline {
  const pages = usePages(
    subject,
    (wanted, cursor) => call('facts', { query: { ...wanted, limit: PAGE, cursor } }),
    { of: subject, keepsLater: true, facts: (fact) => concerns(fact, subject()) },
  )
  return { ...pages, facts: computed(() => unique(pages.items.value)) }
}

/** The latest page moves on while earlier ones stay: the same fact may be on two. */
function unique(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [fact.seq, fact])).values()]
}
