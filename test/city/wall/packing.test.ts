import { expect, test } from 'vitest'
import { demoRegister } from '../../../server/demo/cast/register.ts'
import { type Box, type GroupSize, type PlacedGroup, packBoard } from '../../../web/city/wall/plan/packing.ts'

/** What the board has of a 1920 × 1080 screen. */
const WALL: Box = {
  width: 1280,
  height: 702,
  headHeight: 68,
  gapX: 20,
  gapY: 10,
  minPitch: 8,
  maxPitch: 96,
}

function guangzhou(): GroupSize[] {
  const counts = new Map<string, number>()
  for (const { district } of demoRegister()) counts.set(district, (counts.get(district) ?? 0) + 1)
  return [...counts].map(([code, count]) => ({
    code,
    count,
    minWidth: Math.max(120, 56 * Math.min(count, 4)),
  }))
}

const overlap = (a: PlacedGroup, b: PlacedGroup, pitch: number) =>
  a.x < b.x + b.columns * pitch &&
  b.x < a.x + a.columns * pitch &&
  a.y < b.y + WALL.headHeight + b.rows * pitch &&
  b.y < a.y + WALL.headHeight + a.rows * pitch

test('all 640 sites fit on one screen with tiles that can be seen from five metres', () => {
  const groups = guangzhou()
  const { pitch, height, groups: placed } = packBoard(groups, WALL)
  expect(pitch).toBeGreaterThanOrEqual(28)
  expect(height).toBeLessThanOrEqual(WALL.height)
  expect(placed).toHaveLength(groups.length)
  for (const group of placed) {
    const { count } = groups.find(({ code }) => code === group.code)!
    expect(group.columns * group.rows, group.code).toBeGreaterThanOrEqual(count)
    expect(group.x + group.columns * pitch, group.code).toBeLessThanOrEqual(WALL.width + 0.01)
  }
  const clashes = placed.flatMap((a, i) => placed.slice(i + 1).filter((b) => overlap(a, b, pitch)))
  expect(clashes).toEqual([])
})

test('groups stand in the order of the administration and on common lines; two small ones share a column', () => {
  const groups = guangzhou()
  const isSmall = ({ code }: { code: string }) => code === '4401-portal' || code === '440104'
  const { groups: placed } = packBoard(groups, WALL)
  const big = placed.filter((group) => !isSmall(group))
  expect(big.map((group) => group.code)).toEqual(
    groups.filter((group) => !isSmall(group)).map((group) => group.code),
  )
  expect([...big].sort((a, b) => a.y - b.y || a.x - b.x)).toEqual(big)
  expect(new Set(big.map((group) => group.y)).size).toBe(3)
  const [portal, yuexiu] = placed.filter(isSmall)
  expect(yuexiu!.x).toBe(portal!.x)
  expect(yuexiu!.y).toBeGreaterThan(portal!.y)
})

test.each([
  ['one group', [640]],
  ['a group for each site', Array.from({ length: 40 }, () => 1)],
  ['a province', Array.from({ length: 21 }, (_, index) => 60 + index * 30)],
])('another register fits as well: %s', (_, counts) => {
  const groups = counts.map((count, index) => ({ code: String(index), count, minWidth: 120 }))
  const { height, groups: placed } = packBoard(groups, WALL)
  expect(height).toBeLessThanOrEqual(WALL.height)
  expect(placed).toHaveLength(counts.length)
})

test('a page that scrolls takes the largest tiles and the height that they need', () => {
  const { pitch, height } = packBoard(guangzhou(), {
    ...WALL,
    width: 640,
    height: Number.POSITIVE_INFINITY,
    maxPitch: 32,
  })
  expect(pitch).toBe(32)
  expect(height).toBeGreaterThan(WALL.height)
})

test("a district's own wall is filled with large tiles", () => {
  const { pitch, height } = packBoard([{ code: '440106', count: 65, minWidth: 224 }], WALL)
  expect(pitch).toBeGreaterThan(80)
  expect(height).toBeGreaterThan(WALL.height * 0.7)
})

test('an empty register is an empty board', () => {
  expect(packBoard([], WALL).groups).toEqual([])
})
