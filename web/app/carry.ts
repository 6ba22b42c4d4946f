import type { LocationQueryRaw, RouteLocationRaw, Router } from 'vue-router'
import { isPast, PAST_PAGES } from '../pages/past/past-pages.ts'

/** Pages that an instant leads on to, and what shows it in the place of those that show now alone. */
const PLACE_OF: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.keys(PAST_PAGES).map((name) => [name, name])),
  replay: 'replay',
  wall: 'replay',
}

/**
 * Links among pages that stand in the past keep the instant: also their addresses, as they are copied or opened in another
 * tab. Who names `at` in a link, be it undefined, has said which instant is meant; whatever has no past leads to now.
 */
export function carryInstant(router: Router): void {
  const { resolve, push } = router
  const withInstant = (to: RouteLocationRaw): RouteLocationRaw => {
    const here = router.currentRoute.value
    const { at } = here.query
    if (typeof at !== 'string' || !(here.name === 'replay' || isPast(here))) return to
    if (typeof to !== 'string' && to.query && 'at' in to.query) return to
    const target = resolve(to)
    const name = PLACE_OF[String(target.name)]
    if (name === undefined || 'at' in target.query) return to
    const query: LocationQueryRaw = { ...target.query, at }
    return { name, params: target.params, query, hash: target.hash }
  }
  router.resolve = ((to: RouteLocationRaw, from?: Parameters<typeof resolve>[1]) =>
    resolve(withInstant(to), from)) as typeof resolve
  router.push = (to) => push(withInstant(to))
}
