import { expect, it, onTestFinished } from 'vitest'
import { effectScope, nextTick } from 'vue'
import { MINUTE } from '../../../shared/base/time.ts'
import { holdNow, now } from '../../../web/base/clock.ts'
import { useQuery } from '../../../web/base/ui/lists/useQuery.ts'

it('what is looked at each minute stays on the screen until the next answer, or when there is none', async () => {
  const answers = ['first', new Error('away'), 'third']
  const scope = effectScope()
  onTestFinished(() => {
    scope.stop()
    holdNow(null)
  })
  const remote = scope.run(() =>
    useQuery(
      () => null,
      async () => {
        const answer = answers.shift()
        if (typeof answer !== 'string') throw answer
        return answer
      },
      { again: 'minute' },
    ),
  )
  const began = now.value
  const minuteLater = async (n: number) => {
    holdNow(began + n * MINUTE)
    await nextTick()
  }
  const settled = () => new Promise((resolve) => setTimeout(resolve))
  await settled()
  expect(remote?.data.value).toBe('first')
  await minuteLater(1)
  expect(remote?.data.value).toBe('first')
  await settled()
  expect(remote?.data.value, 'the server did not answer').toBe('first')
  await minuteLater(2)
  await settled()
  expect(remote?.data.value).toBe('third')
  expect(remote?.error.value).toBeNull()
})
