import { type ComputedRef, computed, type ShallowRef, shallowRef } from 'vue'
import type { Fact } from '../../shared/facts.ts'
import { type CallOutput, call } from '../call.ts'
import { useBusy } from '../ui/useBusy.ts'
import { useRemote } from '../ui/useRemote.ts'
import { useFactRefresh } from './useFactRefresh.ts'

/** Whose facts. */
export interface TimelineSubject {
  readonly siteId?: number
  readonly alertId?: number
  readonly rectificationId?: number
}

export interface Timeline {
  /** Newest first. */
  readonly facts: ComputedRef<readonly Fact[]>
  readonly hasMore: ComputedRef<boolean>
  readonly error: Readonly<ShallowRef<unknown>>
  readonly isLoaded: ComputedRef<boolean>
  more(): Promise<void>
}

const PAGE = 15

function concerns(fact: Fact, subject: TimelineSubject): boolean {
  if (subject.siteId !== undefined) return fact.siteId === subject.siteId
  if (fact.kind === 'site.changed' || fact.kind === 'register.changed') return false
  if ('alert' in fact.data) return fact.data.alert.id === subject.alertId
  return fact.data.rectification.id === subject.rectificationId
}

/** The facts about one site, alert or fix: the latest page, kept up, and earlier ones on demand. */
export function useTimeline(subject: () => TimelineSubject): Timeline {
  const latest = useRemote(subject, (query) => call('facts', { query: { ...query, limit: PAGE } }))
  const earlier = shallowRef<readonly CallOutput<'facts'>[]>([])
  const { run } = useBusy()
  const pages = computed(() => [...(latest.data.value ? [latest.data.value] : []), ...earlier.value])
  const cursor = computed(() => pages.value.at(-1)?.nextCursor ?? null)

  async function more(): Promise<void> {
    const from = cursor.value
    if (from === null) return
    const page = await run('more', () =>
      call('facts', { query: { ...subject(), limit: PAGE, cursor: from } }),
    )
    if (page) earlier.value = [...earlier.value, page]
  }

  useFactRefresh((fact) => concerns(fact, subject()), latest.reload)
  return {
    facts: computed(() => unique(pages.value.flatMap((page) => page.items))),
    hasMore: computed(() => cursor.value !== null),
    error: latest.error,
    isLoaded: computed(() => latest.data.value !== undefined),
    more,
  }
}

/** The latest page moves on while earlier ones stay: the same fact may be on two. */
function unique(facts: readonly Fact[]): Fact[] {
  return [...new Map(facts.map((fact) => [fact.seq, fact])).values()]
}
