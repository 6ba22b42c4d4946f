import { expect, test } from 'vitest'
import { of } from './domain.table.ts'

test('a local name says nothing of the domain of a site', () => {
  expect(of('http://tianhe.localhost:8080/')).toBe('unmeasured')
})
