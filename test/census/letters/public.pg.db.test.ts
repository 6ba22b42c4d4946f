import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { publishRanking, rankingFor } from '../../../server/census/letters/ranking/service.ts'
import { recordLetter } from '../../../server/census/letters/service.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeUnit } from '../../support/make.ts'
import { makePeople, type People } from '../../support/people.ts'
import { aLetter } from './story.ts'

const EVIL = `<script>alert(1)</script>"局`
let app: TestApp
let people: People
let evil: number
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  evil = (await makeUnit(connection.db, { name: EVIL })).id
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())
const get = (path: string, headers: Record<string, string> = {}) => fetch(`${app.url}${path}`, { headers })

describe('the public page of the hotline', () => {
  it('shows nothing before a month is published', async () => {
    const answer = await get('/public/hotline?month=2026-02')
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain('尚未发布')
  })

  it('then shows it to everybody, without sign-in, script or cookie, and the data are those of the office', async () => {
    const { context: ctx } = app
    for (let n = 0; n < 11; n++) {
      const repliedOn = n === 0 ? undefined : '2026-02-05'
      await recordLetter(
        ctx,
        people.duty,
        aLetter({ kind: 'praise', receivedOn: '2026-02-02', unitId: evil, repliedOn }),
      )
    }
    await publishRanking(ctx, people.duty, '2026-02')
    app.clock.advance(20_000)
    const answer = await get('/public/hotline?month=2026-02', { 'accept-language': 'zh-CN' })
    const text = await answer.text()
    expect(answer.status).toBe(200)
    expect(answer.headers.getSetCookie()).toEqual([])
    expect(answer.headers.get('cache-control')).toBe('public, max-age=60')
    expect(answer.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'sha256-/)
    expect(text).not.toContain('<script')
    expect(text).toContain('&#60;script&#62;alert(1)')
    expect(text).toContain('2026 年 02 月')
    const data = await (await get('/public/hotline.json')).json()
    const office = await rankingFor(ctx, people.duty, '2026-02')
    expect(data.rows).toEqual(office.rows)
    expect(data.hash).toBe(office.hash)
    const table = await (await get('/public/hotline.csv?month=2026-02')).text()
    expect(table).toContain(`2026-02,1,"${EVIL.replaceAll('"', '""')}",11,10,0,1`)
  })

  it('takes whatever stands in its address for a month that is not there', async () => {
    const script = encodeURIComponent('"><script>alert(1)</script>')
    for (const query of [
      `month=${script}`,
      `month=2026-03&x=${script}`,
      `lang=${script.slice(0, 9)}&month=0000-00`,
    ]) {
      const answer = await get(`/public/hotline?${query}`)
      expect([404, 400], query).toContain(answer.status)
      expect(await answer.text(), query).not.toContain('<script')
    }
  })

  it('speaks English to whoever asks for it', async () => {
    expect(await (await get('/public/hotline?lang=en')).text()).toContain('Citizens&#39; hotline')
    expect(await (await get('/public/hotline', { 'accept-language': 'en' })).text()).toContain(
      '<html lang="en">',
    )
  })
})
