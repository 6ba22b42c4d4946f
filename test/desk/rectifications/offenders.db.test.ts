import { afterAll, beforeAll, expect, test } from 'vitest'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { rectificationRoutes } from '../../../server/desk/rectifications/routes.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { appendDue } from '../../../server/desk/rectifications/terms/due-facts.ts'
import { api } from '../../../shared/api.ts'
import { DAY } from '../../../shared/base/time.ts'
import { type Client, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { type MadeSite, makeAlert, makeSite, makeUnit } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
let duty: Client
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [rectificationRoutes(ctx)] })
  duty = await signedIn(http, 'duty', PASSWORD)
  site = await makeSite(fresh.db, { unit_id: people.unitId, name: '石牌街道办事处' })
  // Sent back twice, then late; and a second site of the unit, which is late too.
  let rectification = await rectificationOf(site)
  for (const reason of ['仍打不开', '只恢复了首页']) {
    rectification = await takeStep(http.ctx, people.owner, rectification, { step: 'submit' })
    rectification = await takeStep(http.ctx, people.duty, rectification, { step: 'return', reason })
  }
  await rectificationOf(await makeSite(fresh.db, { unit_id: people.unitId, name: '=石牌分站' }))
  const unit = await makeUnit(fresh.db, { district: '440105', name: '海珠区某街道办事处' })
  await rectificationOf(await makeSite(fresh.db, { unit_id: unit.id, district: '440105' }))
  http.clock.advance(30 * DAY)
  await appendDue(http.ctx, http.clock.now())
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

async function rectificationOf(of: MadeSite) {
  const alert = await makeAlert(fresh.db, { site: of })
  return raiseRectification(http.ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 5 })
}
const list = async (query = '', client = duty) =>
  api.offenders.output.parse(await (await client.get(`/api/rectifications/offenders?${query}`)).json())

test('a unit is listed for what happened to all its rectifications, once any of it is too often', async () => {
  expect(await list()).toEqual([
    {
      id: people.unitId,
      name: '天河区石牌街道办事处',
      district: '440106',
      rectifications: 2,
      relapses: 0,
      overdue: 2,
      returned: 2,
    },
  ])
  expect(await list('overdue=1'), 'worst first').toMatchObject([{ overdue: 2 }, { overdue: 1 }])
  expect(await list('overdue=3&returned=3')).toEqual([])
})

test('sites, of one district, of a period', async () => {
  expect(await list('by=site&returned=2')).toMatchObject([{ id: site.id, overdue: 1, returned: 2 }])
  expect(await list('overdue=1&district=440105')).toMatchObject([{ name: '海珠区某街道办事处' }])
  expect(await list('days=7&returned=1&overdue=1'), 'told to be late just now').toMatchObject([
    { overdue: 2, returned: 0 },
    { overdue: 1, returned: 0 },
  ])
})

test('each sees the own scope only', async () => {
  const haizhu = await signedIn(http, 'haizhu', PASSWORD)
  expect((await list('overdue=1', haizhu)).map(({ district }) => district)).toEqual(['440105'])
})
