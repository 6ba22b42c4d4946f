import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { MINUTE, SECOND } from '../../shared/time.ts'
import { CallError } from '../call.ts'
import { useCity } from '../city/store.ts'
import { useSession } from '../session/store.ts'

const AGAIN_MS = 10 * SECOND
/** A key that was refused may be put right; asking often would only fill the log of refusals. */
const REFUSED_AGAIN_MS = 5 * MINUTE

export type Entry = 'waiting' | 'in' | 'refused'

/**
 * Lets a display in by the key in its address, or a person by the session, and in again when the server has
 * forgotten either; a server that is away is asked until it is back. A key that is refused is shown as such.
 */
export function useWallEntry(): Readonly<ShallowRef<Entry>> {
  const city = useCity()
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const state = shallowRef<Entry>('waiting')
  const wallKey = typeof route.query.key === 'string' ? route.query.key : null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function enter(): Promise<void> {
    clearTimeout(timer)
    try {
      const user = wallKey === null ? await session.load() : await session.signIn({ wallKey })
      if (user) state.value = 'in'
      else await router.replace({ name: 'signIn', query: { next: route.fullPath } })
    } catch (error) {
      const status = error instanceof CallError ? error.problem.status : 0
      const isRefused = status === 401 || status === 403
      if (isRefused) state.value = 'refused'
      timer = setTimeout(enter, isRefused ? REFUSED_AGAIN_MS : AGAIN_MS)
    }
  }

  watch(
    () => city.refusal,
    (code) => {
      if (code === null) return
      if (wallKey === null) session.leave()
      timer = setTimeout(enter, AGAIN_MS)
    },
  )
  void enter()
  onScopeDispose(() => clearTimeout(timer))
  return state
}
