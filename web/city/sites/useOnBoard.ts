import { call } from '../../base/call.ts'
import { useAsOf } from '../../base/live/as-of.ts'
import { keepOnBoard } from '../../base/live/keep.ts'
import { useCity } from '../../base/live/store.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'
import { onBoard } from './served.ts'

/** As many alerts and rectifications of one place as its page shows. */
const MOST = 100

/** What a page is about. */
interface About {
  readonly siteId?: number | undefined
  readonly unit?: number | undefined
  readonly district?: string | undefined
}

/**
 * Has what a page is about on the board, where the board holds none of its sites: its sites (of a site or a unit), alerts and
 * open rectifications are fetched and kept up by facts like all others. Null: there is nothing to fetch yet.
 */
export function useOnBoard(about: () => About | null): void {
  const city = useCity()
  const asOf = useAsOf()
  const query = useQuery(
    () => (city.isSummed && asOf.value === null ? about() : null),
    (wanted) => wanted && fetchAll(wanted),
    { facts: () => false },
  )
  keepOnBoard(query, (found) => found ?? {})
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
