import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'

test('what a page may take when it is drawn is told to operators as it is', () => {
  const text = readFileSync(fileURLToPath(new URL('../../../docs/operations.md', import.meta.url)), 'utf8')
  const [, table = ''] = text.split('| limit | value | what it limits |')
  const told = [...table.matchAll(/^\| `(\w+)` \| (\d+) \|/gm)].map(([, name = '', value]) => [
    name,
    Number(value),
  ])
  const limits: Readonly<Record<string, number>> = RENDERING
  expect(told.length).toBeGreaterThan(10)
  expect(told).toEqual(told.map(([name = '']) => [name, limits[name]]))
})
