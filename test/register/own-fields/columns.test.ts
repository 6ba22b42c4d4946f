import { endpoints } from 'virtual:endpoints'
import { createPinia, setActivePinia } from 'pinia'
import { expect, onTestFinished, test, vi } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import type { User } from '../../../shared/people/rights/rights.ts'
import type { OwnField } from '../../../shared/register/own-fields/own-fields.ts'
import { bringEndpoints } from '../../../web/base/call.ts'
import { useSession } from '../../../web/people/sessions/store.ts'
import { useOwnColumns } from '../../../web/register/own-fields/useOwnColumns.ts'
import { until } from '../../support/until.ts'

bringEndpoints(endpoints)

const FIELD: OwnField = {
  ...{ id: 1, key: 'own1', section: 'identity', kind: 'text', zh: '机房', en: 'Room', choices: [] },
  ...{ required: false, retired: false, version: 1 },
}
const SAID: Record<string, object> = { 1: { own1: '一楼' }, 2: { own1: '二楼' } }

test('what further sites say is not taken for nothing while it is read, and a list to take along waits for it', async () => {
  let isAway = false
  vi.stubGlobal('fetch', async (path: string) => {
    if (!path.includes('/values')) return Response.json([FIELD])
    if (isAway) throw new TypeError('away')
    const ids = new URL(path, 'http://x').searchParams.get('sites')?.split(',') ?? []
    return Response.json({ values: Object.fromEntries(ids.map((id) => [id, SAID[id] ?? {}])) })
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  setActivePinia(createPinia())
  useSession().user = { id: 1 } as User
  const listed = shallowRef<readonly number[]>([1])
  const scope = effectScope()
  onTestFinished(() => scope.stop())
  const own = scope.run(() =>
    useOwnColumns(
      () => ({ own: '', ownValue: '', columns: 'own1' }),
      () => listed.value,
    ),
  )!
  const said = () => listed.value.map((id) => own.columns.value[0]?.say(id))
  await until('the first is read', () => said()[0] === '一楼')

  isAway = true
  listed.value = [1, 2, 3]
  await nextTick()
  expect(said()).toEqual(['一楼', '…', '…'])
  await expect(own.read()).rejects.toThrow()
  expect(own.query.error.value).not.toBeNull()
  expect(said(), 'refused is not empty').toEqual(['一楼', '…', '…'])

  isAway = false
  await own.read()
  expect(said()).toEqual(['一楼', '二楼', ''])
  expect(own.query.error.value).toBeNull()
})
