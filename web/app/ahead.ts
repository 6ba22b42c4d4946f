import type { Router } from 'vue-router'
import { withWords } from '../base/i18n.ts'
import { useSession } from '../people/sessions/store.ts'

/** The desk's frame, apart from the wall's code, which has no use for it. */
export const loadShell = withWords(['desk'], () => import('./shell/AppShell.vue'))

/**
 * Begins at once with what the page of this address will need: its script, its words, the frame. Otherwise each waits for the one
 * before, and the page itself for the answer to who asks. What fails is tried again, and told, when the page is opened.
 */
export function fetchAhead(router: Router): void {
  const to = router.resolve(location.pathname + location.search)
  for (const { components } of to.matched) {
    const page = components?.default
    if (typeof page === 'function') void (page as () => Promise<unknown>)().catch(() => {})
  }
  if (!to.meta.bare) void loadShell().catch(() => {})
  // A wall that is opened by its link says by its key who asks.
  if (!to.meta.open || (to.name === 'wall' && to.query.key === undefined)) {
    void useSession()
      .confirm()
      .catch(() => {})
  }
}
