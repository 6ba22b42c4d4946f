import { type ComputedRef, computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'

export interface OpenAlert {
  readonly id: ComputedRef<number | null>
  show(id: number): void
  close(): void
}

/** From this width on there is room for an alert beside the list. */
const WIDE = '(min-width: 1201px)'

/** The alert that is open beside the list, as the address says; where there is no room it has a page of its own. */
export function useOpenAlert(): OpenAlert {
  const route = useRoute()
  const router = useRouter()
  return {
    id: computed(() => Number(route.query.open) || null),
    show(id) {
      if (window.matchMedia(WIDE).matches) void router.replace({ query: { ...route.query, open: id } })
      else void router.push({ name: 'alert', params: { id } })
    },
    close() {
      const { open: _, ...rest } = route.query
      void router.replace({ query: rest })
    },
  }
}
