import { type ShallowRef, shallowReadonly, shallowRef, watch } from 'vue'
import { call } from '../../../base/call.ts'
import { onLeave } from '../../../base/forget.ts'
import { useSession } from '../../../people/sessions/store.ts'

/** Once for all that show them, and kept while the server is away: a frozen wall still says whose it is. */
const names = shallowRef<readonly string[]>([])
let asked: number | null = null
onLeave(() => {
  names.value = []
  asked = null
})

/** Names of the units whose person is signed in; none for others, and until they are known. */
export function useOwnUnits(): Readonly<ShallowRef<readonly string[]>> {
  const session = useSession()
  watch(
    () => session.user,
    async (user) => {
      if (user?.scope.kind !== 'unit' || asked === user.id) return
      asked = user.id
      const sites = await call('sites', { query: { limit: 1000 } }).catch(() => null)
      if (asked !== user.id) return
      if (sites) names.value = [...new Set(sites.items.map(({ unit }) => unit))]
      else asked = null
    },
    { immediate: true },
  )
  return shallowReadonly(names)
}
