import { expect, it } from 'vitest'
import { effectScope, nextTick, shallowRef } from 'vue'
import { useEdited } from '../../../web/base/ui/dialogs/useEdited.ts'

interface Stored {
  readonly version: number
  readonly policy: { minutes: number; of: string[] }
}
const stored = (version: number, minutes: number): Stored => ({
  version,
  policy: { minutes, of: ['a', 'b'] },
})

function page(first?: Stored) {
  const data = shallowRef(first)
  const edited = effectScope().run(() =>
    useEdited(
      () => data.value,
      ({ policy }) => policy,
      ({ minutes, of }) => ({ minutes, of: [...of].sort() }),
    ),
  )!
  return { data, ...edited }
}

it('shows what is stored as soon as it is there, and what others make of it', async () => {
  const { data, form, isChanged } = page()
  expect(form.value).toBeNull()
  data.value = stored(1, 30)
  await nextTick()
  expect(form.value?.minutes).toBe(30)
  data.value = stored(2, 45)
  await nextTick()
  expect([form.value?.minutes, isChanged.value]).toEqual([45, false])
})

it('what others change does not take away what is being typed, which says what it was made from', async () => {
  const { data, form, from, isChanged, reset } = page(stored(1, 30))
  form.value!.minutes = 60
  expect([isChanged.value, data.value?.policy.minutes]).toEqual([true, 30])
  data.value = stored(2, 45)
  await nextTick()
  expect([form.value?.minutes, from.value?.version]).toEqual([60, 1])
  reset()
  expect([form.value?.minutes, from.value?.version, isChanged.value]).toEqual([45, 2, false])
})

it('what does not count is no change, and what was saved is what it goes on from', () => {
  const { form, isChanged, show, from } = page(stored(1, 30))
  form.value!.of = ['b', 'a']
  expect(isChanged.value).toBe(false)
  form.value!.minutes = 60
  show(stored(2, 60))
  expect([isChanged.value, from.value?.version]).toEqual([false, 2])
})
