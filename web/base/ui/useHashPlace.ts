import { nextTick, watch } from 'vue'
import { useRoute } from 'vue-router'

/** Goes to the place that the address names (`#V1`), as soon as what has to be read for it is drawn. */
export function useHashPlace(isDrawn: () => boolean): void {
  const route = useRoute()
  watch(
    () => isDrawn() && route.hash,
    async (hash) => {
      if (!hash) return
      await nextTick()
      document.getElementById(hash.slice(1))?.scrollIntoView()
    },
    { immediate: true },
  )
}
