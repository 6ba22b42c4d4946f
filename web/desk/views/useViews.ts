import { shallowRef } from 'vue'
import type { NewView, SavedView } from '../../../shared/desk/views/views.ts'
import { call } from '../../base/call.ts'
import { onLeave } from '../../base/forget.ts'
import { toastError } from '../../base/ui/dialogs/toasts.ts'
import { useBusy } from '../../base/ui/dialogs/useBusy.ts'
import { useSession } from '../../people/sessions/store.ts'

/** One for all places: the bars above the lists, and the palette. */
const views = shallowRef<readonly SavedView[]>([])
const { isBusy, run } = useBusy()
/** Numbers of questions: the last asked, the last that may not be shown any more as a later one was, or as it was asked for who is gone. */
let asked = 0
let outdated = 0
onLeave(() => {
  outdated = asked
  views.value = []
})

/** Saved views of all lists. */
export function useViews() {
  const session = useSession()
  async function load(): Promise<void> {
    asked += 1
    const mine = asked
    const loaded = await call('views').catch(toastError)
    if (!loaded || mine <= outdated) return
    outdated = mine
    views.value = loaded
  }
  return {
    views,
    isBusy,
    load,
    canDelete: (view: SavedView) => (view.shared ? session.can('view.share') : true),
    async save(view: NewView): Promise<void> {
      await call('saveView', { body: view }).finally(load)
    },
    async remove(view: SavedView): Promise<void> {
      await run(view.id, () => call('deleteView', { params: { id: view.id } }))
      await load()
    },
  }
}
