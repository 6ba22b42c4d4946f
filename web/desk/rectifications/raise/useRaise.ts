import { computed, ref } from 'vue'
import { shortestTerm, termFor } from '../../../../shared/desk/rectifications/deadlines-rules.ts'
import { call } from '../../../base/call.ts'
import { useCity } from '../../../base/live/store.ts'
import { useQuery } from '../../../base/ui/lists/useQuery.ts'
import { useAssignable } from '../../../people/accounts/useAssignable.ts'

/**
 * What a rectification of one site can be raised from, who may be given it, and what term the rules give. The site is asked
 * of the server, for a board may hold none; `standard` is undefined, and there are no people, before it is known.
 * @param first the alert that is chosen to begin with; undefined: all that none covers yet.
 */
export function useRaise(siteId: () => number, first: number | undefined) {
  const city = useCity()
  const site = useQuery(siteId, (id) => call('site', { params: { id } }))
  const alerts = computed(() =>
    [...city.board.alerts.values()].filter((one) => one.siteId === siteId() && one.rectificationId === null),
  )
  const chosen = ref(
    alerts.value.filter((one) => first === undefined || one.id === first).map((one) => one.id),
  )
  const people = useAssignable(() => site.data.value?.district)
  /** The shortest of what is chosen. */
  const standard = computed(() => {
    const level = site.data.value?.level
    if (level === undefined) return undefined
    const rules = alerts.value.filter(({ id }) => chosen.value.includes(id)).map(({ rule }) => rule)
    return shortestTerm(rules.map((rule) => termFor({ rule, level }))) ?? termFor({ rule: 'OTHER', level })
  })
  return { site, alerts, chosen, people, standard }
}
