import { expect, test } from 'vitest'
import { walkBack } from '../../../server/city/overview/history.ts'
import { emptyCounts } from '../../../shared/register/sites/states.ts'

const counts = (given: Partial<ReturnType<typeof emptyCounts>>) => ({ ...emptyCounts(), ...given })

test('takes the moves of each step back, from now into the past', () => {
  const now = counts({ healthy: 7, down: 2, dead: 1 })
  const points = walkBack(
    now,
    [
      { step: 0, before: 'healthy', after: 'down', sites: 2 },
      { step: 0, before: 'down', after: 'healthy', sites: 1 },
      { step: 2, before: 'down', after: 'dead', sites: 1 },
    ],
    3,
  )
  expect(points).toEqual([
    now,
    counts({ healthy: 8, down: 1, dead: 1 }),
    counts({ healthy: 8, down: 1, dead: 1 }),
    counts({ healthy: 8, down: 2 }),
  ])
})

test('before its first visit a site was not there', () => {
  const points = walkBack(counts({ healthy: 3 }), [{ step: 1, before: null, after: 'healthy', sites: 3 }], 2)
  expect(points.map((point) => point.healthy)).toEqual([3, 3, 0])
})

test('a quiet stretch is level', () => {
  expect(walkBack(counts({ healthy: 5 }), [], 2).map((point) => point.healthy)).toEqual([5, 5, 5])
})
