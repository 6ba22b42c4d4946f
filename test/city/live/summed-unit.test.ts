import { expect, test } from 'vitest'
import { Boards } from '../../../server/city/board/boards.ts'
import { snapshotOf } from '../../../server/city/board/snapshot.ts'
import { PlaceTree } from '../../../server/city/levels/places.ts'
import { viewOf } from '../../../server/city/sockets/rooms.ts'
import type { Fact } from '../../../shared/base/facts.ts'
import { applyFact, countSites, emptyBoard, MOST_TILES } from '../../../shared/city/board.ts'
import { countsIn } from '../../../shared/city/counts-rules.ts'
import { DEFAULT_SETTINGS, installationOf } from '../../../shared/people/settings/settings-rules.ts'
import { AT, changed, site } from '../../base/live/made.ts'

const TIANHE = '440106'
const HAIZHU = '440105'
const NOW = Date.parse(AT)

/** One unit has more sites in Tianhe than a screen shows; of Haizhu's it has none. */
const sites = Array.from({ length: MOST_TILES + 2 }, (_, n) =>
  n <= MOST_TILES ? site(n + 1, { unitId: 1 }) : site(n + 1, { unitId: 2, district: HAIZHU }),
)
const tree = new PlaceTree([])
const groups = [TIANHE, HAIZHU].map((code) => ({ ...tree.name(code), within: [code] }))
const loaded = {
  board: emptyBoard(),
  upTo: { seq: 0, mark: null },
  platforms: [],
  places: { area: null, groups },
  tree,
  installation: installationOf(DEFAULT_SETTINGS, DEFAULT_SETTINGS.edition, null),
  recent: [],
  demo: false,
}
for (const one of sites) loaded.board.sites.set(one.id, one)
for (const [code, counts] of countSites(sites)) loaded.board.counts.set(code, counts)
const view = viewOf(['unit:1'], 'unit', groups)

test('a unit with more sites than a screen shows has them counted by state, and facts move no count that it has not', () => {
  const { level } = snapshotOf(loaded, view, { nowMs: NOW, recent: [], many: true })
  const browser = emptyBoard()
  browser.figures = level?.figures ?? null
  for (const [code, counts] of level ? countsIn(level) : []) browser.counts.set(code, counts)
  const falls = (seq: number, district: string): Fact => {
    const fact = changed(seq, seq, 'down')
    return {
      ...fact,
      district,
      data: { ...fact.data, before: { state: 'healthy', availability: 'up' } },
    } as Fact
  }
  applyFact(browser, falls(1, TIANHE))
  applyFact(browser, falls(2, HAIZHU))
  expect([...browser.counts].map(([code, { healthy, down }]) => [code, healthy, down])).toEqual([
    [TIANHE, MOST_TILES, 1],
  ])
})

test('what is reckoned for a view is kept while somebody hears it, and no longer', () => {
  const boards = new Boards(loaded, () => NOW)
  const reckoned = boards.figures(view)
  expect(reckoned).toBeDefined()
  boards.sweep((key) => key === view.key)
  expect(boards.figures(view)).toBe(reckoned)
  boards.sweep(() => false)
  expect(boards.figures(view)).not.toBe(reckoned)
})
