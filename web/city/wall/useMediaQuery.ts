import { onScopeDispose, type ShallowRef, shallowRef } from 'vue'

/** Whether the screen is as the query asks, kept up to date. */
export function useMediaQuery(query: string): Readonly<ShallowRef<boolean>> {
  const list = matchMedia(query)
  const matches = shallowRef(list.matches)
  const update = (): void => {
    matches.value = list.matches
  }
  list.addEventListener('change', update)
  onScopeDispose(() => list.removeEventListener('change', update))
  return matches
}
