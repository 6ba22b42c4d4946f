import { expect, test } from 'vitest'
import { groupBy } from '../../../shared/base/lists/group.ts'

const SITES = [
  { district: '天河', name: '天河区教育局' },
  { district: '越秀', name: '越秀区民政局' },
  { district: '天河', name: '天河区财政局' },
]

test('sites stand in the group of their district, groups and sites in the order in which they came', () => {
  const groups = groupBy(SITES, ({ district }) => district)
  expect([...groups]).toEqual([
    ['天河', [SITES[0], SITES[2]]],
    ['越秀', [SITES[1]]],
  ])
})

test('of each site only what was asked for is kept', () => {
  const names = groupBy(
    SITES.values(),
    ({ district }) => district,
    ({ name }) => name,
  )
  expect(names.get('天河')).toEqual(['天河区教育局', '天河区财政局'])
  expect(names.get('白云')).toBeUndefined()
})
