import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import type { RegisterImport } from '../../../shared/register/import/imports.ts'
import { CallError, call } from '../../../web/base/call.ts'
import { useRegisterImport } from '../../../web/register/import/useRegisterImport.ts'

vi.mock('../../../web/base/call.ts', async (load) => ({
  ...(await load<typeof import('../../../web/base/call.ts')>()),
  call: vi.fn(),
}))
vi.mock('../../../web/base/live/liveness.ts', () => ({ useLiveness: () => ({ isStale: { value: false } }) }))

const checked = (code: string): RegisterImport => ({
  id: 7,
  file: 'sites.csv',
  state: 'checked',
  area: { code, name: code, nameEn: code },
  areaBy: 'file',
  demo: 0,
  counts: { new: 3, changed: 0, same: 0, waiting: 0, left: 0, wrong: 1 },
  groups: [],
  questions: [],
  moreQuestions: 0,
  answers: {},
  rows: [],
})
const file = new File(['x'], 'sites.csv')
beforeEach(() => {
  setActivePinia(createPinia())
  vi.mocked(call).mockReset()
})

it('a register is loaded for the place that it was checked for, and no other', async () => {
  const page = useRegisterImport()
  vi.mocked(call).mockResolvedValueOnce(checked('440100'))
  await page.choose(file, true)
  page.skipBad.value = true
  expect(page.mayApply.value).toBe(true)
  page.area.value = '440300'
  expect(page.mayApply.value, 'chosen, and not checked').toBe(false)
  vi.mocked(call).mockResolvedValueOnce(checked('440300'))
  await page.checkAgain()
  expect(vi.mocked(call).mock.lastCall).toEqual([
    'answerImport',
    { params: { id: 7 }, body: { answers: {}, area: '440300' } },
  ])
  expect(page.mayApply.value).toBe(true)
})

it('another file begins anew, also one that is too large to be taken', async () => {
  const page = useRegisterImport()
  vi.mocked(call).mockResolvedValueOnce(checked('440100'))
  await page.choose(file, true)
  page.skipBad.value = true
  page.area.value = '440300'
  vi.mocked(call).mockRejectedValueOnce(
    new CallError({ type: '', title: '', status: 409, code: 'conflict', reason: 'x.y', detail: 'no' }),
  )
  await page.checkAgain()
  expect(page.refusal.value).not.toBeNull()
  await page.choose(file, false)
  expect([page.result.value, page.area.value, page.skipBad.value, page.refusal.value]).toEqual([
    null,
    '',
    false,
    null,
  ])
})
