import { onScopeDispose, type ShallowRef, shallowRef, watch } from 'vue'
import { call } from '../../base/call.ts'

/** As long as somebody pauses between two words, not between two letters. */
const PAUSE_MS = 250

/**
 * Ids of the sites whose address or unit has the text: the board holds neither. Empty while the server is asked
 * or cannot be: names and codes are found without it.
 */
export function useSiteSearch(text: () => string): Readonly<ShallowRef<ReadonlySet<number>>> {
  const found = shallowRef<ReadonlySet<number>>(new Set())
  let timer: ReturnType<typeof setTimeout> | undefined
  let asked = 0

  async function ask(q: string): Promise<void> {
    asked += 1
    const mine = asked
    const page = await call('sites', { query: { q, limit: 1000 } }).catch(() => null)
    if (mine === asked) found.value = new Set(page?.items.map((site) => site.id))
  }

  watch(
    text,
    (next) => {
      clearTimeout(timer)
      asked += 1
      found.value = new Set()
      const q = next.trim()
      if (q !== '') timer = setTimeout(() => ask(q), PAUSE_MS)
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))
  return found
}
