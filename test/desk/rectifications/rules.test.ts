import { describe, expect, test } from 'vitest'
import {
  isFailure,
  judgeRectification,
  type RectificationDecision,
  type SubmittedRectification,
  startVerification,
  type VisitFacts,
} from '../../../server/desk/rectifications/rules.ts'
import { weighed } from '../../../shared/desk/alerts/importance.ts'

const good: VisitFacts = {
  good: true,
  cause: null,
  extra: false,
  down: false,
  v1: 'ok',
  share: 0.6,
  v2: 'ok',
  v3: 'ok',
  newest: '2026-03-10',
}
const miss: VisitFacts = { ...good, good: false, cause: 'timeout' }

/** A rectification of these rules that needs 3 good visits, and how it fares visit by visit. */
function story(rules: string[], more: Partial<SubmittedRectification> = {}) {
  let rectification: SubmittedRectification = {
    rules,
    verification: startVerification(rules, 3),
    wasRead: true,
    newestBefore: '2026-02-01',
    columnsRead: true,
    columnsUnsure: false,
    links: 'unseen',
    problems: 'unseen',
    ...more,
  }
  return (visit: VisitFacts, read = rectification.wasRead): RectificationDecision => {
    rectification = { ...rectification, wasRead: read }
    const decision = judgeRectification(rectification, visit)
    rectification = { ...rectification, verification: decision.verification }
    return decision
  }
}

describe('an outage', () => {
  test('is closed after the good visits that it needs, in a row', () => {
    const visit = story(['DOWN'])
    expect(visit(good), 'one good visit').toMatchObject({
      stage: 'verifying',
      verification: { goodVisits: 1, neededVisits: 3, result: null },
    })
    expect(visit(good), 'two').toMatchObject({ stage: 'verifying', verification: { goodVisits: 2 } })
    expect(visit(miss), 'a miss, not confirmed: from the start').toMatchObject({
      stage: 'verifying',
      verification: { goodVisits: 0, cause: 'timeout' },
    })
    visit(good)
    visit(good)
    expect(visit(good), 'three in a row').toMatchObject({
      stage: 'closed',
      verification: { goodVisits: 3, result: 'good_visits', share: 0.6 },
    })
  })

  test('is returned when the failure is confirmed while it is verified', () => {
    const visit = story(['DOWN'])
    visit(good)
    expect(visit({ ...miss, down: true })).toMatchObject({
      stage: 'returned',
      verification: { goodVisits: 0, result: 'down_again', cause: 'timeout' },
    })
  })

  test('that was still called down is not returned by its first good visit, nor closed before it is called up', () => {
    const visit = story(['DOWN'], { verification: startVerification(['DOWN'], 1) })
    expect(visit({ ...good, down: true })).toMatchObject({ stage: 'verifying' })
    expect(visit(good)).toMatchObject({ stage: 'closed' })
  })

  test('a firewall that answers says nothing, for or against', () => {
    const visit = story(['DOWN'])
    visit(good)
    visit(good)
    expect(visit({ ...miss, cause: 'blocked_firewall' })).toMatchObject({
      stage: 'verifying',
      verification: { goodVisits: 2 },
    })
    expect(visit(good)).toMatchObject({ stage: 'closed' })
  })

  test('that is still called down is not returned by the answer of a firewall', () => {
    const visit = story(['DOWN'])
    expect(visit({ ...miss, down: true, cause: 'blocked_rate_limit' })).toMatchObject({ stage: 'verifying' })
    expect(visit({ ...miss, down: true })).toMatchObject({ stage: 'returned' })
  })

  test('visits by request are no proof: somebody may click twenty times in a minute', () => {
    const visit = story(['DOWN'])
    for (let clicks = 0; clicks < 20; clicks++) visit({ ...good, extra: true })
    expect(visit({ ...good, extra: true })).toMatchObject({
      stage: 'verifying',
      verification: { goodVisits: 0 },
    })
    expect(visit({ ...miss, extra: true, down: true }), 'but a confirmed failure is a failure').toMatchObject(
      {
        stage: 'returned',
      },
    )
  })

  test('of V1 is closed by good visits although the share of seven days has still to fall, and says so', () => {
    const visit = story(['V1', 'DOWN'])
    const decaying: VisitFacts = { ...good, v1: 'violated', share: 6.2 }
    visit(decaying)
    visit(decaying)
    expect(visit(decaying)).toMatchObject({
      stage: 'closed',
      verification: { result: 'good_share_decaying', share: 6.2 },
    })
  })
})

describe('a dormant home page', () => {
  test('is closed by one reading that finds something newer', () => {
    const visit = story(['V2'], { wasRead: false })
    expect(visit({ ...good, extra: true }, true)).toMatchObject({
      stage: 'closed',
      verification: { neededVisits: 1, goodVisits: 1, result: 'page_updated', newest: '2026-03-10' },
    })
  })

  test('is not judged by what was read before the rectification was submitted', () => {
    const visit = story(['V2'], { wasRead: false })
    expect(visit({ ...good, v2: 'violated', newest: '2026-02-01' })).toMatchObject({ stage: 'verifying' })
    expect(visit(good)).toMatchObject({ stage: 'verifying' })
  })

  test('is returned when the page, read again, is as old as before', () => {
    const visit = story(['V2'])
    expect(visit({ ...good, v2: 'violated', newest: '2026-02-01' })).toMatchObject({
      stage: 'returned',
      verification: { result: 'still_dormant', newest: '2026-02-01' },
    })
  })

  test.each([
    ['that cannot be read', { v2: 'insufficient', newest: null }],
    ['that is again close to the limit', { v2: 'warning', newest: '2026-02-27' }],
    ['whose newest item is the old one', { v2: 'ok', newest: '2026-02-01' }],
  ] as const)('%s goes on being watched', (_, seen) => {
    expect(story(['V2'])({ ...good, ...seen })).toMatchObject({ stage: 'verifying' })
  })

  test('that had no dates at all is cured by any date', () => {
    const visit = story(['V2'], { newestBefore: null })
    expect(visit({ ...good, newest: '2026-03-01' })).toMatchObject({ stage: 'closed' })
  })

  test('is not blamed for an outage: it waits until it can be read', () => {
    const visit = story(['V2'], { wasRead: false })
    expect(visit({ ...miss, down: true })).toMatchObject({ stage: 'verifying' })
    expect(visit(good, true)).toMatchObject({ stage: 'closed' })
  })
})

describe('columns', () => {
  test('are judged when all of their pages have been read again', () => {
    expect(story(['V3'], { columnsRead: false })(good)).toMatchObject({ stage: 'verifying' })
    expect(story(['V3'], { columnsRead: false })({ ...good, v3: 'violated' })).toMatchObject({
      stage: 'verifying',
    })
    expect(story(['V3'])(good)).toMatchObject({
      stage: 'closed',
      verification: { result: 'columns_updated' },
    })
  })

  test.each(['violated', 'warning'] as const)('that are %s still send the rectification back', (v3) => {
    expect(story(['V3'])({ ...good, v3 })).toMatchObject({
      stage: 'returned',
      verification: { result: 'columns_still_stale' },
    })
  })

  test('of which too little could be read go on being watched', () => {
    expect(story(['V3'])({ ...good, v3: 'insufficient' })).toMatchObject({ stage: 'verifying' })
  })

  test('are not sent back for what was seen of them before, and may be closed', () => {
    const visit = story(['V3'], { columnsUnsure: true })
    expect(visit({ ...good, v3: 'violated' })).toMatchObject({ stage: 'verifying' })
    expect(visit(good)).toMatchObject({ stage: 'closed' })
  })
})

describe('broken links', () => {
  test('wait until they have been visited again, and close the rectification or send it back', () => {
    expect(story(['LINKS'])(good)).toMatchObject({ stage: 'verifying' })
    expect(story(['LINKS'], { links: 'mended' })(good)).toMatchObject({
      stage: 'closed',
      verification: { result: 'links_mended' },
    })
    expect(story(['LINKS'], { links: 'broken' })(good)).toMatchObject({
      stage: 'returned',
      verification: { result: 'links_still_broken' },
    })
  })
})

test('a rectification of an outage and of a dormant page needs both cures', () => {
  const visit = story(['DOWN', 'V2'])
  visit(good)
  visit(good)
  expect(visit({ ...good, v2: 'warning' }), 'up, but stale').toMatchObject({ stage: 'verifying' })
  expect(visit(good)).toMatchObject({ stage: 'closed', verification: { result: 'good_and_updated' } })
})

test.each([
  ['DOWN', 'major', true],
  ['V1', 'critical', true],
  ['V2', 'critical', true],
  ['V1', 'minor', false],
  ['V2', 'minor', false],
] as const)('%s at %s is a failure: %s', (rule, severity, failing) => {
  expect(isFailure({ rule, severity, evidence: {} })).toBe(failing)
})

test('an early warning of a portal, which counts for more, is no failure for it', () => {
  const links = (points: number) => ({ S2a: 1, S2b: 0, S9b: 0, S10: 0, points, some: [] })
  const severity = weighed('minor', 'city_portal')
  expect(isFailure({ rule: 'LINKS', severity, evidence: { broken: links(1) } })).toBe(false)
  expect(isFailure({ rule: 'LINKS', severity: 'critical', evidence: { broken: links(8) } })).toBe(true)
  const week = weighed('major', 'city_portal')
  expect(isFailure({ rule: 'CERT', severity: week, evidence: { days: 6, within: 7 } })).toBe(false)
  expect(isFailure({ rule: 'CERT', severity: week, evidence: { days: -1, within: 1 } })).toBe(true)
})
