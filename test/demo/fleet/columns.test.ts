import { expect, it } from 'vitest'
import { homePage } from '../../../server/demo/fleet/pages/pages.ts'
import { itemsBefore } from '../../../server/demo/fleet/publishing.ts'
import { behaviourAt } from '../../../server/demo/fleet/script.ts'
import { dayOfNumber, localDay } from '../../../shared/base/time.ts'
import { patient } from '../../support/run/patience.ts'
import { readHome } from '../../support/visits/home.ts'
import { NOW, sites } from './support.ts'

const NAMES = {
  工作动态: 'news',
  通知公告: 'notice',
  政策文件: 'policy',
  人事信息: 'personnel',
  规划计划: 'plan',
} as const
const url = 'http://demo.localhost/'
/** A home page looks back on so many items for its lists. */
const LOOK_BACK = 130

it('every column of a home page is found, with the newest date that the site published in it', {
  timeout: patient(30_000),
}, () => {
  let right = 0
  const wrong: string[] = []
  for (const site of sites.filter((_, index) => index % 4 === 0)) {
    const behaviour = behaviourAt(site, NOW)
    const { home } = behaviour.traits
    if (home !== null && home !== 'refresh') continue
    const bytes = Buffer.from(homePage({ site, behaviour, atMs: NOW }))
    const { seen } = readHome({ bytes, ref: localDay(NOW), url })
    const found = new Map(seen?.columns.map((one) => [one.name, one]))
    const published = []
    for (const item of itemsBefore(behaviour.publisher, NOW)) {
      if (published.push(item) === LOOK_BACK) break
    }
    for (const [name, column] of Object.entries(NAMES)) {
      const newest = published.find((item) => item.column === column)
      const truth = newest ? dayOfNumber(newest.day) : null
      const seen = found.get(name)
      const isOut = truth !== null && seen?.dates[0] === undefined && behaviour.traits.shortDates
      if (seen && (isOut || (seen.dates[0] ?? null) === truth)) right += 1
      else wrong.push(`${site.name} ${name}: ${seen?.dates[0]} instead of ${truth}`)
    }
  }
  const share = right / (right + wrong.length)
  console.log(`columns of the fleet: ${right} of ${right + wrong.length} right`, wrong.slice(0, 10))
  expect(share).toBeGreaterThan(0.99)
})
