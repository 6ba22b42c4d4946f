import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { hidePersonal } from '../../../server/census/letters/public/hide.ts'
import { recordLetter } from '../../../server/census/letters/service.ts'
import { takeLetterStep } from '../../../server/census/letters/steps.ts'
import type { LetterDetail } from '../../../shared/census/letters/letters.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makePeople, type People } from '../../support/people.ts'
import { aLetter, taking } from './story.ts'

let app: TestApp
let people: People
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  people = await makePeople(connection.db)
  await connection.close()
  app = await startTestApp({ database })
})
afterAll(() => app.stop())
const get = async (path: string) => {
  const answer = await fetch(`${app.url}/public/hotline/letters${path}`, {
    headers: { 'accept-language': 'zh-CN' },
  })
  return { status: answer.status, text: await answer.text(), headers: answer.headers }
}
const letter = (more: object = {}) =>
  recordLetter(
    app.context,
    people.duty,
    aLetter({
      receivedOn: '2026-02-02',
      unitId: people.unitId,
      repliedOn: '2026-02-05',
      reply: '已办理',
      ...more,
    }),
  )

describe('the letters that everybody may read', () => {
  it('are none before one is published', async () => {
    await letter()
    expect((await get('')).status).toBe(404)
  })

  it('stand in a list of the month of their answer, each with a page of question, answer and days taken', async () => {
    const one = await letter({
      ...{ published: true, title: '井盖松动<script>', body: '我是陈先生，电话 13800138000。\n请尽快处理' },
      reply: '已加固，咨询电话 020-83330000，经办人手机 13900139000',
    })
    app.clock.advance(20_000)
    const list = await get(`?month=2026-02&unit=${people.unitId}&kind=question`)
    expect(list.status).toBe(200)
    expect(list.text).toContain(`/public/hotline/letters/${one.number}?`)
    expect(list.text).toContain('3 个工作日')
    const page = await get(`/${one.number}`)
    expect(page.headers.getSetCookie()).toEqual([])
    expect(page.headers.get('cache-control')).toBe('public, max-age=60')
    for (const text of [list.text, page.text]) expect(text).not.toContain('<script')
    for (const shown of ['井盖松动&#60;script', '请尽快处理', '2026-02-02', '2026-02-05', '020-83330000']) {
      expect(page.text).toContain(shown)
    }
    for (const personal of ['陈先生', '13800138000', '13900139000']) {
      expect(page.text).not.toContain(personal)
    }
  })

  it('and are gone when one is published no more', async () => {
    const one = await letter({ published: true })
    app.clock.advance(20_000)
    expect((await get(`/${one.number}`)).status).toBe(200)
    await takeLetterStep(app.context, people.duty, one.id, 'unpublish', {
      version: one.version,
      note: '写信人不同意',
    })
    app.clock.advance(20_000)
    expect((await get(`/${one.number}`)).status).toBe(404)
  })

  it('and when who wrote one is deleted, now or before, as nothing hides them any more; one without a name stays', async () => {
    const told = { kind: 'praise', published: true, body: '我是陈先生，住石牌西路12号。谢谢' }
    const person = { name: '陈先生', address: '石牌西路12号' }
    const january = { receivedOn: '2026-01-05', repliedOn: '2026-01-06' }
    const now = await letter({ ...told, person })
    const before = [await letter({ ...told, person }), await letter({ ...told, ...january, person })]
    const nameless = await letter({ ...told, body: '谢谢', person: undefined })
    app.clock.advance(20_000)
    for (const one of [now, ...before]) expect((await get(`/${one.number}`)).text).toContain('住***。谢谢')
    const take = taking(app.context)
    const forget = async (one: LetterDetail) =>
      take(await take(one, people.duty, 'close'), people.duty, 'forget', { note: '本人要求' })
    for (const one of [now, ...before]) await forget(one)
    // An older version has left them published.
    const ids = before.map(({ id }) => id)
    await sql`update letter set published_on = '2026-02-06' where id = any(${ids}::int[])`.execute(
      app.context.db,
    )
    app.clock.advance(20_000)
    for (const one of [now, ...before]) {
      const page = await get(`/${one.number}`)
      expect(page.status).toBe(404)
      expect(page.text).not.toContain('石牌西路')
    }
    const list = await get('?month=2026-02&kind=praise')
    expect(list.text).toContain('公开的来信 1 封')
    expect(list.text).toContain(`/public/hotline/letters/${nameless.number}?`)
    for (const one of [now, ...before]) expect(list.text).not.toContain(one.number)
    expect((await get('?month=2026-01')).status).toBe(404)
    expect((await get(`/${nameless.number}`)).status).toBe(200)
  })

  it('are not read anew because somebody asks for many that are not there', async () => {
    const one = await letter({ published: true })
    app.clock.advance(20_000)
    expect((await get(`/${one.number}`)).status).toBe(200)
    for (let n = 0; n < 205; n += 41) {
      const asked = Array.from({ length: 41 }, (_, i) => get(`/1999-${String(n + i).padStart(6, '0')}`))
      for (const { status } of await Promise.all(asked)) expect(status).toBe(404)
    }
    await sql`update letter set title = '改过的标题' where id = ${one.id}`.execute(app.context.db)
    expect((await get(`/${one.number}`)).text).not.toContain('改过的标题')
  })

  it('what is not there, or is no number, is one page that says so', async () => {
    const script = encodeURIComponent('"><script>')
    const none = ['/2026-000001', '/2026-9999999999', `/${script}`, '?month=1999-01', `?kind=${script}`]
    for (const path of [...none, '?unit=0', '?page=2', '?page=-1', `?month=${script}`]) {
      const { status, text } = await get(path)
      expect(status, path).toBe(404)
      expect(text, path).not.toContain('<script')
    }
  })
})

describe('what is personal in a letter', () => {
  const nobody = { name: null, phone: null, mail: null, address: null }
  it.each([
    ['身份证 44010619800101123X 丢失', '身份证 *** 丢失'],
    ['打 １３８ ００１３ ８０００', '打 ***'],
    ['写 a.b@c-d.com.cn 给我', '写 *** 给我'],
    ['家里电话 83330000', '家里电话 ***'],
    ['文号〔2015〕15 号，2015-03-24', '文号〔2015〕15 号，2015-03-24'],
  ])('%s', (text, shown) => expect(hidePersonal(text, nobody, false)).toBe(shown))
})
