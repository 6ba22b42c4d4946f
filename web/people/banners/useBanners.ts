import { computed, shallowRef } from 'vue'
import type { Banner } from '../../../shared/people/banners/banners.ts'
import { call } from '../../base/call.ts'
import { now } from '../../base/clock.ts'
import { onLeave } from '../../base/forget.ts'
import type { Fact } from '../../base/live/fact.ts'
import { keep, kept } from '../../base/preferences.ts'
import { useQuery } from '../../base/ui/lists/useQuery.ts'

const KEY = 'banners'
/** Of so many it is remembered that they were put away; those of long ago are over. */
const REMEMBERED = 50
const nameOf = ({ page, id }: Pick<Banner, 'page' | 'id'>): string => `${page} ${id}`

function loadPutAway(): readonly string[] {
  const stored = kept()[KEY]
  return Array.isArray(stored) ? stored.filter((one): one is string => typeof one === 'string') : []
}
const away = shallowRef(loadPutAway())
// What one person has read is new to the next at this browser.
onLeave(() => {
  away.value = []
  keep({ [KEY]: [] })
})

/** Whether what is said across the screens is another after this. */
const changesBanners = ({ data }: Fact): boolean => 'banner' in data && data.banner === true

/**
 * What is said across this screen: told by facts, and by the minute, as it begins and ends by the clock.
 * @param how at most so many, and whether those that were put away here count all the same.
 */
export function useBanners(how: () => { readonly most: number; readonly all: boolean }) {
  const found = useQuery(
    () => null,
    () => call('banners'),
    { facts: changesBanners, again: 'minute' },
  )
  const shown = computed(() => {
    const { most, all } = how()
    const current = (found.data.value ?? []).filter(({ until }) => Date.parse(until) > now.value)
    return current.filter((one) => all || !away.value.includes(nameOf(one))).slice(0, most)
  })
  function putAway(banner: Banner): void {
    away.value = [...away.value, nameOf(banner)].slice(-REMEMBERED)
    keep({ [KEY]: away.value })
  }
  return { shown, putAway }
}
