import { computed } from 'vue'
import { MINUTE } from '../../../shared/base/time.ts'
import { call } from '../../base/call.ts'
import { useAsOf } from '../../base/live/as-of.ts'
import { keepOnBoard } from '../../base/live/keep.ts'
import { useCity } from '../../base/live/store.ts'
import { type Query, useQuery } from '../../base/ui/lists/useQuery.ts'
import { onBoard } from './served.ts'

/** As many alerts and rectifications of one place as its page shows. */
const MOST = 100

/** What a page is about. */
interface About {
  readonly siteId?: number | undefined
  readonly unit?: number | undefined
  readonly district?: string | undefined
}

/** Whether the board has been given it: until then nobody is told that there is none, but what is being read, or has failed. */
export type OnBoard = Pick<Query<unknown>, 'data' | 'error' | 'reload'>

/**
 * Has what a page is about on the board, where the board holds none of its sites: its sites (of a site or a unit), alerts and
 * open rectifications are fetched, kept up by facts like all others, and looked at again each minute. Null: there is nothing to
 * fetch yet.
 * @returns whose `data` is null where nothing has to be fetched.
 */
export function useOnBoard(about: () => About | null): OnBoard {
  const city = useCity()
  const asOf = useAsOf()
  const wanted = computed(() => (city.isSummed && asOf.value === null ? about() : null))
  const query = useQuery(
    () => wanted.value,
    (one) => one && fetchAll(one),
    { again: { everyMs: MINUTE, when: () => wanted.value !== null } },
  )
  keepOnBoard(query, (found) => found ?? {})
  return { ...query, data: computed(() => (wanted.value === null ? null : query.data.value)) }
}

async function fetchAll(about: About) {
  const [sites, alerts, rectifications] = await Promise.all([
    sitesOf(about),
    call('alerts', { query: { ...about, limit: MOST } }),
    call('rectifications', { query: { ...about, limit: MOST } }),
  ])
  return { sites, alerts: alerts.items, rectifications: rectifications.items }
}

async function sitesOf({ siteId, unit }: About) {
  if (siteId !== undefined) return [onBoard(await call('site', { params: { id: siteId } }))]
  if (unit === undefined) return []
  return (await call('sites', { query: { unit, limit: MOST } })).items.map(onBoard)
}
