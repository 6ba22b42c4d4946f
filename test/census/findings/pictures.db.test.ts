import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { addPicture, pictureOf } from '../../../server/census/findings/pictures.ts'
import { dismissFinding, recordFinding } from '../../../server/census/findings/service.ts'
import { refuseBeyondRoom } from '../../../server/desk/attachments/keep.ts'
import { cleanHidden } from '../../../server/people/files/keep.ts'
import { newFinding } from '../../../shared/census/findings/findings.ts'
import { MOST_PICTURES } from '../../../shared/census/findings/findings-rules.ts'
import { jpeg, PDF, PNG } from '../../people/files/files.ts'
import { type TestContext, testContext } from '../../support/context.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { refused } from '../../support/expect.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let ctx: TestContext
let people: People
let site: MadeSite
beforeAll(async () => {
  fresh = await freshDatabase()
  ctx = testContext(fresh)
  people = await makePeople(fresh.db)
  site = await makeSite(fresh.db, { unit_id: people.unitId })
})
afterAll(() => fresh.drop())

const recorded = () =>
  recordFinding(ctx, people.tianhe, newFinding.parse({ siteId: site.id, rule: 'S4d', note: '机构地址有误' }))
const add = (id: number, name = '首页.png', bytes: Buffer = PNG, who = people.tianhe, type = '') =>
  addPicture(ctx, who, id, { name, type }, bytes)

it('a screenshot stands with its finding, and is seen by whoever sees that', async () => {
  const { id } = await recorded()
  const { pictures } = await add(id)
  expect(pictures).toMatchObject([{ name: '首页.png', size: PNG.length }])
  const picture = pictures[0]?.id ?? 0
  expect(await pictureOf(fresh.db, people.owner, picture)).toMatchObject({ type: 'image/png', bytes: PNG })
  await refused(pictureOf(fresh.db, people.haizhu, picture), 'not_found')
  await refused(add(id, '他区.png', PNG, people.haizhu), 'not_found')
  await refused(add(id, '本单位.png', PNG, people.owner), 'forbidden')
})

it('what is no picture is refused, whatever it is called; so is one that is other than it says', async () => {
  const { id } = await recorded()
  const noPicture = await refused(add(id, '说明.pdf', PDF), 'invalid')
  expect(noPicture.reason).toBe('findings.noPicture')
  expect(noPicture.message).toContain('说明.pdf 不是图片')
  expect((await refused(add(id, '截图.png', PDF), 'invalid')).reason).toBe('attachments.contentIsOther')
  expect((await refused(add(id, '截图.png', jpeg()), 'invalid')).reason).toBe('attachments.contentIsOther')
  expect((await refused(add(id, '截图.png', Buffer.from('<svg/>')), 'invalid')).reason).toBe(
    'attachments.contentIsOther',
  )
  expect((await refused(add(id, '截图.png', Buffer.alloc(0)), 'invalid')).reason).toBe(
    'attachments.fileEmpty',
  )
})

it('a finding has so many at most, and none more once it has ended', async () => {
  const { id, version } = await recorded()
  for (let n = 0; n < MOST_PICTURES; n++) await add(id, `${n}.png`)
  expect((await refused(add(id, '多.png'), 'conflict')).reason).toBe('findings.tooManyPictures')
  const { id: other, version: before } = await recorded()
  await dismissFinding(ctx, people.duty, other, { version: before, note: '误报' })
  expect((await refused(add(other), 'conflict')).reason).toBe('findings.notInThisState')
  expect(version).toBe(1)
})

it('what a screenshot holds is not cleaned away with attachments that are gone', async () => {
  const { id } = await recorded()
  const { pictures } = await add(id, '留证.jpg', jpeg())
  await cleanHidden(ctx)
  expect((await pictureOf(fresh.db, people.tianhe, pictures[0]?.id ?? 0)).bytes).toEqual(jpeg())
})

it('screenshots and attachments of a day are limited together in bytes, for one person and for those of a place', async () => {
  const { id } = await recorded()
  const { pictures } = await add(id, '大图.jpg', Buffer.concat([jpeg(), Buffer.alloc(1)]))
  const weigh = (bytes: number) =>
    sql`update file_content set size = ${bytes} where hash = (
      select hash from census_picture where id = ${pictures[0]?.id ?? 0})`.execute(fresh.db)
  const { size } = pictures[0] ?? { size: 0 }
  await weigh(300 * 1024 * 1024)
  expect((await refused(add(id, '又一张.png'), 'too_many_requests')).reason).toBe(
    'attachments.muchAttachedOneDayMay',
  )
  const attaching = fresh.db
    .transaction()
    .execute((tx) => refuseBeyondRoom(tx, people.tianhe, 0, ctx.clock.now()))
  await refused(attaching, 'too_many_requests')
  await fresh.db.transaction().execute((tx) => refuseBeyondRoom(tx, people.haizhu, 0, ctx.clock.now()))
  await weigh(size)
})
