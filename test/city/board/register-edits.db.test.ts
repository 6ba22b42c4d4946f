import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { loadBoard } from '../../../server/city/board/load.ts'
import { editSite } from '../../../server/register/ledger/service.ts'
import { siteEdit } from '../../../shared/register/ledger/ledger.ts'
import { LEDGER_FIELDS } from '../../../shared/register/ledger/ledger-rules.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { type MadeSite, makeSite } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { watch } from '../../support/product/watcher.ts'
import { until } from '../../support/until.ts'

const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
let app: TestApp
let people: People
let site: MadeSite
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  site = await makeSite(connection.db, { unit_id: people.unitId, division: '440106' }, later)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())

async function edit(one: MadeSite, fields: object): Promise<void> {
  const { db } = app.context
  const { version } = await db
    .selectFrom('site')
    .select('version')
    .where('id', '=', one.id)
    .executeTakeFirstOrThrow()
  await editSite(app.context, people.duty, one.id, siteEdit.parse({ version, reason: '来函更正', ...fields }))
}

it('another interval or address of a site has no screen load the board anew; another name has', async () => {
  const wall = await watch(await app.signIn('duty'))
  await edit(site, { interval: 600 })
  await edit(site, { url: 'http://moved.localhost/' })
  await until('both were told', () => wall.facts.filter(({ kind }) => kind === 'ledger.edited').length === 2)
  const { length } = wall.pulses
  await until('a pulse has come since', () => wall.pulses.length > length + 1)
  expect(wall.snapshots).toHaveLength(1)
  await edit(site, { name: '改名之后' })
  await until('the board has come anew', () => wall.snapshots.length === 2)
  expect(wall.board.sites.get(site.id)?.name).toBe('改名之后')
  expect(wall.complaints).toEqual([])
  wall.close()
})

describe('a board is loaded anew for what it holds of the register, and for nothing else', () => {
  const CHANGES: Readonly<Record<string, unknown>> = {
    ...{ code: '4401069901', name: '新名称', url: 'http://other.localhost/', level: 'town' },
    ...{ district: '440105', unit: '新单位', platform: '市平台', interval: 900, icp: '粤ICP备3号' },
  }
  const marked = LEDGER_FIELDS.filter(({ onBoard }) => onBoard).map(({ key }) => key)
  it('of each field that it holds there is a story here', () => {
    expect(Object.keys(CHANGES)).toEqual(expect.arrayContaining(marked))
  })

  it.each(Object.entries(CHANGES))('%s', async (field, value) => {
    const { db, clock } = app.context
    const one = await makeSite(db, { unit_id: people.unitId, division: '440106' }, later)
    const held = async () => {
      const { board, platforms } = await loadBoard(db, clock.now())
      return { site: board.sites.get(one.id), platforms }
    }
    const before = await held()
    await edit(one, { [field]: value })
    const isOther = JSON.stringify(await held()) !== JSON.stringify(before)
    expect(marked.includes(field)).toBe(isOther)
  })
})
