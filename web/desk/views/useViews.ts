import { shallowRef } from 'vue'
import type { NewView, SavedView } from '../../../shared/desk/views/views.ts'
import { call } from '../../base/call.ts'
import { onLeave } from '../../base/forget.ts'
import { useBusy } from '../../base/ui/dialogs/useBusy.ts'
import { useSession } from '../../people/sessions/store.ts'

/** One for all places: the bars above the lists, and the palette. */
const views = shallowRef<readonly SavedView[]>([])
const { isBusy, run } = useBusy()
let person = 0
onLeave(() => {
  person += 1
  views.value = []
})

/** Saved views of all lists. */
export function useViews() {
  const session = useSession()
  async function load(): Promise<void> {
    const mine = person
    const loaded = await run(`load ${mine}`, () => call('views'))
    if (loaded && mine === person) views.value = loaded
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
