import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, it, vi } from 'vitest'
import { CallError } from '../../../web/base/call.ts'
import { useSubmit } from '../../../web/base/ui/dialogs/useSubmit.ts'

const stale = vi.hoisted(() => ({ value: false }))
vi.mock('../../../web/base/live/liveness.ts', () => ({ useLiveness: () => ({ isStale: stale }) }))

beforeEach(() => {
  setActivePinia(createPinia())
  stale.value = false
})

const refused = () =>
  new CallError({ type: '', title: '', status: 409, code: 'conflict', reason: 'x.y', detail: '王敏已处理' })

it('keeps a refusal in the form until it is sent again', async () => {
  let isRefused = true
  const { isBusy, refusal, submit } = useSubmit(async () => {
    if (isRefused) throw refused()
  })
  await submit()
  expect((refusal.value as CallError).message).toBe('王敏已处理')
  expect(isBusy.value).toBe(false)
  isRefused = false
  const again = submit()
  expect(refusal.value).toBeNull()
  await again
  expect(refusal.value).toBeNull()
})

it('forgets a refusal of what is not wanted any more', async () => {
  const { refusal, submit, forget } = useSubmit(() => Promise.reject(refused()))
  await submit()
  forget()
  expect(refusal.value).toBeNull()
})

it('sends once however often it is pressed', async () => {
  let answer: (() => void) | undefined
  const work = vi.fn(() => new Promise<void>((resolve) => (answer = resolve)))
  const { isBusy, submit } = useSubmit(work)
  const first = submit()
  await submit()
  expect(work).toHaveBeenCalledTimes(1)
  expect(isBusy.value).toBe(true)
  answer?.()
  await first
  expect(isBusy.value).toBe(false)
})

it('sends nothing from a screen that is not live', async () => {
  stale.value = true
  const work = vi.fn(async () => undefined)
  await useSubmit(work).submit()
  expect(work).not.toHaveBeenCalled()
})
