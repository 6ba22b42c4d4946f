import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Fact } from '../../../shared/base/facts.ts'
import { applyFact, type Board, type BoardSite, countSites, emptyBoard } from '../../../shared/city/board.ts'
import { SITE_STATES, type SiteState } from '../../../shared/register/sites/states.ts'
import { site } from '../../base/live/made.ts'

const GROUPS = ['440103', '440105', '440106']
const AT = '2026-03-10T01:00:00.000Z'

const boardOf = (sites: readonly BoardSite[]): Board => {
  const board = emptyBoard()
  for (const one of sites) board.sites.set(one.id, one)
  for (const [code, counts] of countSites(sites)) board.counts.set(code, counts)
  return board
}

function changed(seq: number, of: BoardSite, before: SiteState, state: SiteState): Fact {
  const { stateSince, availability, cause, since, v1, share, v2, v3, newest, flapping } = of
  const after = { state, stateSince, availability, cause, since, v1, share, v2, v3, newest, flapping }
  const data = { before: { state: before, availability }, after }
  return { seq, at: AT, kind: 'site.changed', siteId: of.id, district: of.district, actor: null, data }
}

const only = (board: Board, codes: readonly string[]) => codes.map((code) => [code, board.counts.get(code)])

test('after thousands of changes, told twice or out of turn, the counts kept by facts are those of a recount, with sites on the board and without', () => {
  const step = fc.record({ site: fc.nat(59), state: fc.constantFrom(...SITE_STATES), again: fc.boolean() })
  fc.assert(
    fc.property(fc.array(step, { minLength: 1_000, maxLength: 2_000 }), (steps) => {
      const sites = Array.from({ length: 60 }, (_, n): BoardSite => {
        const district = GROUPS[n % GROUPS.length] ?? ''
        return site(n + 1, { district, within: [`${district}-dept`, district, '440100', '440000'] })
      })
      const server = boardOf(sites)
      const browser = boardOf(sites.map(({ within, ...rest }) => rest))
      const level = boardOf([])
      level.figures = { alerts: 0, waiting: 0, rectifications: 0, requests: 0, parts: [], progress: NONE }
      for (const code of GROUPS) level.counts.set(code, { ...server.counts.get(code)! })
      const now = new Map(sites.map((one) => [one.id, one.state]))
      let seq = 0
      for (const { site: at, state, again } of steps) {
        const of = sites[at]!
        const fact = changed(++seq, of, now.get(of.id)!, state)
        now.set(of.id, state)
        for (const board of [server, browser, level]) {
          applyFact(board, fact)
          if (again) applyFact(board, fact)
        }
      }
      const recount = countSites([...server.sites.values()])
      expect(server.counts).toEqual(recount)
      const groups = GROUPS.map((code) => [code, recount.get(code)])
      expect(only(browser, GROUPS)).toEqual(groups)
      expect(only(level, GROUPS)).toEqual(groups)
    }),
    { numRuns: 8 },
  )
})

const NONE = { raised: 0, closed: 0, overdue: 0, returned: 0, verifying: 0 }
