import { expect, it } from 'vitest'
import { createApp, effectScope, nextTick, ref } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { useUrlFilters } from '../../../web/base/ui/lists/useUrlFilters.ts'
import { useHeldRows } from '../../../web/base/ui/lists/worklist/useHeldRows.ts'

it('held rows stay where they are when an alert is opened in the address, and move when a filter is set', async () => {
  const page = { template: '' }
  const router = createRouter({ history: createMemoryHistory(), routes: [{ path: '/', component: page }] })
  const app = createApp(page).use(router)
  await router.push('/?status=open')
  const rows = ref([{ id: 1 }, { id: 2 }])
  const held = ref(true)
  const { filters, list } = app.runWithContext(() =>
    effectScope().run(() => {
      const { filters } = useUrlFilters({ status: '', q: '' })
      return {
        filters,
        list: useHeldRows(
          () => rows.value,
          held,
          () => filters.value,
        ),
      }
    }),
  )!
  const ids = () => list.rows.value.map(({ id }) => id)
  expect(ids()).toEqual([1, 2])
  const before = filters.value
  rows.value = [{ id: 3 }, { id: 1 }, { id: 2 }]
  await nextTick()
  await router.replace('/?status=open&alert=2')
  await nextTick()
  expect(filters.value).toBe(before)
  expect(ids()).toEqual([1, 2])
  expect(list.pending.value).toBe(1)
  expect(list.come.value).toBe(1)
  await router.replace('/?status=live&alert=2')
  await nextTick()
  expect(ids()).toEqual([3, 1, 2])
})
