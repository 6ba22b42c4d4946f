import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { MINUTE, SECOND } from '../../../shared/base/time.ts'
import { CallError } from '../../base/call.ts'
import { useSession } from '../../people/sessions/store.ts'
import { useWelcome } from '../../people/sessions/useWelcome.ts'

const AGAIN_MS = 5 * SECOND
/** A key that was refused may be put right; asking often would only fill the log of refusals. */
const REFUSED_AGAIN_MS = 5 * MINUTE

export type Entry = 'waiting' | 'in' | 'refused'

/**
 * Lets a display in by the key in its address, or a person by the session, and in again when the server has
 * forgotten either; a server that is away is asked until it is back. A key that is refused is shown as such.
 */
export function useWallEntry(): Readonly<ShallowRef<Entry>> {
  const session = useSession()
  const route = useRoute()
  const router = useRouter()
  const state = shallowRef<Entry>('waiting')
  const wallKey = typeof route.query.key === 'string' ? route.query.key : null
  let timer: ReturnType<typeof setTimeout> | undefined

  async function enter(): Promise<void> {
    clearTimeout(timer)
    try {
      const user = wallKey === null ? await session.confirm() : await session.signIn({ wallKey })
      if (user) state.value = 'in'
      else await router.replace({ name: 'signIn', query: { next: route.fullPath } })
    } catch (error) {
      const status = error instanceof CallError ? error.problem.status : 0
      const isRefused = status === 401 || status === 403
      if (isRefused) refuse()
      timer = setTimeout(enter, isRefused ? REFUSED_AGAIN_MS : AGAIN_MS * (0.5 + Math.random()))
    }
  }
  /** A link that was revoked shows nothing any more, not even what it showed before. */
  function refuse(): void {
    state.value = 'refused'
    session.leave()
  }

  useWelcome(enter)
  void enter()
  onScopeDispose(() => clearTimeout(timer))
  return state
}
