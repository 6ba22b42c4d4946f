import { afterAll, beforeAll, expect, test } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { confirmFinding, recordFinding } from '../../../server/census/findings/service.ts'
import { keepPictures } from '../../../server/monitor/pictures/keep.ts'
import { newFinding } from '../../../shared/census/findings/findings.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { picture } from './picture.ts'

let app: TestApp
let people: People
let site: number
beforeAll(async () => {
  const database = await prepareDatabase()
  const { db, close } = await connect(database)
  people = await makePeople(db)
  site = (await makeSite(db, { unit_id: people.unitId })).id
  await close()
  app = await startTestApp({ database })
  await keep('verdict', 'V2', null)
})
afterAll(() => app?.stop())

const keep = (reason: 'verdict' | 'finding', rule: string, ref: number | null) =>
  app.context.db.transaction().execute((tx) =>
    keepPictures(tx, [
      {
        ...{ siteId: site, atMs: TUESDAY, url: 'http://a.gov.cn/', reason, rule, ref },
        ...{ mark: { text: '旧的一条' }, isMarked: true, bytes: picture(1280, 720, ref ?? 0) },
      },
    ]),
  )

test('the owner of the site gets its pictures, as pictures that can do nothing', async () => {
  const owner = await app.signIn('owner')
  const { items, taken } = await owner.call('sitePictures', { query: { site } })
  expect(items).toMatchObject([{ reason: 'verdict', rule: 'V2', marked: true, width: 1280, height: 720 }])
  expect(taken).toBe(false)
  const answer = await owner.fetch(`/api/pictures/${items[0]?.id}`)
  expect(Buffer.from(await answer.arrayBuffer())).toEqual(picture(1280, 720))
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    'cache-control': 'private, no-cache',
  })
})

test('strangers, walls and other districts get none, neither by site nor by number', async () => {
  const [one] = (await (await app.signIn('owner')).call('sitePictures', { query: { site } })).items
  expect((await app.stranger.fetch(`/api/pictures/${one?.id}`)).status).toBe(401)
  const haizhu = await app.signIn('haizhu')
  expect((await haizhu.fetch(`/api/pictures/${one?.id}`)).status).toBe(404)
  expect((await haizhu.call('sitePictures', { query: { site } })).items).toEqual([])
  expect((await haizhu.call('sitePictures', {})).total).toBe(0)
})

test('a unit does not see the picture of a finding before that is confirmed', async () => {
  const given = newFinding.parse({
    siteId: site,
    rule: 'V4',
    note: '严重错别字',
    target: 'http://a.gov.cn/xw/',
  })
  const { id, version } = await recordFinding(app.context, people.tianhe, given)
  await keep('finding', 'V4', id)
  const asked = { query: { reason: 'finding' as const, refs: [id] } }
  const [owner, tianhe] = [await app.signIn('owner'), await app.signIn('tianhe')]
  const [seen] = (await tianhe.call('sitePictures', asked)).items
  expect(seen).toMatchObject({ ref: id })
  expect((await owner.call('sitePictures', asked)).items).toEqual([])
  expect((await owner.fetch(`/api/pictures/${seen?.id}`)).status).toBe(404)
  await confirmFinding(app.context, people.duty, id, { version, note: '' })
  expect((await owner.call('sitePictures', asked)).items).toHaveLength(1)
  expect((await owner.fetch(`/api/pictures/${seen?.id}`)).status).toBe(200)
})
