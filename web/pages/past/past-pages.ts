import { type Component, defineAsyncComponent } from 'vue'

/**
 * The pages that can stand at an instant of the past. Those that show the board alone are the same then; where a page
 * also asks what is now, another takes its place.
 */
export const PAST_PAGES: Readonly<Record<string, Component | 'same'>> = {
  overview: 'same',
  district: 'same',
  sites: 'same',
  site: defineAsyncComponent(() => import('./PastSite.vue')),
  alert: defineAsyncComponent(() => import('./PastAlert.vue')),
  rectification: defineAsyncComponent(() => import('./PastRectification.vue')),
  alerts: defineAsyncComponent(() => import('./PastAlerts.vue')),
}

/** Whether an address asks for the past of a page that has one. */
export function isPast({ name, query }: { readonly name?: unknown; readonly query: object }): boolean {
  return 'at' in query && typeof query.at === 'string' && Object.hasOwn(PAST_PAGES, String(name))
}
