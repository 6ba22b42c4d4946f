import { connect as connectTcp } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { attachmentRoutes } from '../../../server/desk/attachments/routes.ts'
import { raiseRectification } from '../../../server/desk/rectifications/raise/raise.ts'
import { takeStep } from '../../../server/desk/rectifications/service.ts'
import { cleanHidden, HIDDEN_KEPT_MS } from '../../../server/people/files/keep.ts'
import { api } from '../../../shared/api.ts'
import { MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS } from '../../../shared/desk/attachments/attachments.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { type Client, problemOf, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { PDF, PNG } from '../../people/files/files.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
let duty: Client
let owner: Client
let haizhu: Client
let viewer: Client
let rectification: Rectification
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh, { routers: (ctx) => [attachmentRoutes(ctx)] })
  duty = await signedIn(http, 'duty', PASSWORD)
  owner = await signedIn(http, 'owner', PASSWORD)
  haizhu = await signedIn(http, 'haizhu', PASSWORD)
  viewer = await signedIn(http, 'viewer', PASSWORD)
  rectification = await newRectification()
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

async function newRectification(): Promise<Rectification> {
  const site = await makeSite(fresh.db, { unit_id: people.unitId })
  const alert = await makeAlert(fresh.db, { site })
  return raiseRectification(http.ctx, people.duty, { alertIds: [alert.id], dueWorkdays: 10 })
}
/** As a browser sends a file: its bytes are the body. */
function send(
  client: Client,
  rectificationId: number,
  name: string,
  bytes: Buffer,
  type = '',
): Promise<Response> {
  const query = new URLSearchParams({ name, type })
  return fetch(`${http.url}/api/rectifications/${rectificationId}/attachments?${query}`, {
    method: 'POST',
    headers: { cookie: client.cookie, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(bytes),
  })
}
async function added(client: Client, rectificationId: number, name: string, bytes: Buffer) {
  const answer = await send(client, rectificationId, name, bytes)
  if (answer.status !== 200) throw new Error(await answer.text())
  return api.attach.output.parse(await answer.json())
}
const list = async (client: Client, rectificationId: number) =>
  api.attachments.output.parse(
    await (await client.get(`/api/rectifications/${rectificationId}/attachments`)).json(),
  )

describe('a picture that the unit adds', () => {
  test('is listed, told, audited, and comes back as it was', async () => {
    const picture = await added(owner, rectification.id, '机房照片.png', PNG)
    expect(picture).toMatchObject({ type: 'image/png', size: PNG.length, by: { name: '张磊' } })
    expect((await list(duty, rectification.id)).map(({ name }) => name)).toEqual(['机房照片.png'])

    const saved = await duty.get(`/api/attachments/${picture.id}`)
    expect(Buffer.from(await saved.arrayBuffer())).toEqual(PNG)
    const headers = Object.fromEntries(saved.headers)
    expect(headers, 'to be saved, and to be taken for nothing else').toMatchObject({
      'content-type': 'image/png',
      'content-disposition': `attachment; filename="____.png"; filename*=UTF-8''${encodeURIComponent('机房照片.png')}`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
    })
    const shown = await duty.get(`/api/attachments/${picture.id}?inline=true`)
    expect(shown.headers.get('content-disposition')).toMatch(/^inline/)
    const etag = shown.headers.get('etag') ?? ''
    const again = await duty.get(`/api/attachments/${picture.id}`, {
      'if-none-match': etag,
      'cache-control': 'max-age=0',
    })
    expect(again.status, 'the browser has it').toBe(304)

    const told = await fresh.db
      .selectFrom('fact')
      .selectAll()
      .where('kind', '=', 'rectification.attached')
      .executeTakeFirstOrThrow()
    expect(told).toMatchObject({
      rectification_id: rectification.id,
      actor_name: '张磊',
      data: { text: '机房照片.png' },
    })
    const audit = await fresh.db
      .selectFrom('audit')
      .selectAll()
      .where('action', '=', 'rectification.attached')
      .executeTakeFirstOrThrow()
    expect(audit.detail).toMatchObject({ name: '机房照片.png', size: PNG.length })
  })

  test('is stored once, however often it is added', async () => {
    const other = await newRectification()
    await added(duty, other.id, '同一张.png', PNG)
    const { length } = await fresh.db.selectFrom('file_content').select('hash').execute()
    expect(length).toBe(1)
  })

  test('is not shown in a page when its content turns out to be something else', async () => {
    const document = await added(owner, rectification.id, '证明.pdf', PDF)
    await fresh.db
      .updateTable('rectification_file')
      .set({ type: 'image/png' })
      .where('id', '=', document.id)
      .execute()
    const answer = await duty.get(`/api/attachments/${document.id}?inline=true`)
    expect(answer.headers.get('content-disposition')).toMatch(/^attachment/)
  })
})

describe('is refused with a sentence', () => {
  test('what lies about its kind', async () => {
    const answer = await send(owner, rectification.id, '证明.pdf', PNG, 'application/pdf')
    expect(answer.status).toBe(400)
    expect((await problemOf(answer)).detail).toContain('证明.pdf 的内容是 image/png，与文件名不符')
  })

  test('what is larger than 10 MB, announced or not; and what is just as large is taken', async () => {
    const most = Buffer.concat([PNG, Buffer.alloc(MAX_ATTACHMENT_BYTES - PNG.length)])
    expect((await added(owner, rectification.id, '大图.png', most)).size).toBe(MAX_ATTACHMENT_BYTES)
    const answer = await send(owner, rectification.id, '大图.png', Buffer.concat([most, Buffer.alloc(1)]))
    expect(answer.status).toBe(413)
    expect((await problemOf(answer)).detail).toContain('每个不超过 10 MB')
    expect(await sendUnannounced(MAX_ATTACHMENT_BYTES + 70_000)).toContain('413')
  })

  /** A body in chunks says nowhere how long it will be. */
  function sendUnannounced(size: number): Promise<string> {
    return new Promise((resolve, reject) => {
      const { port, hostname } = new URL(http.url)
      const socket = connectTcp({ port: Number(port), host: hostname })
      let heard = ''
      socket.on('data', (data) => {
        heard += data
        if (heard.includes('\r\n\r\n')) socket.destroy()
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(heard.split('\r\n')[0] ?? ''))
      socket.write(
        `POST /api/rectifications/${rectification.id}/attachments?name=a.png HTTP/1.1\r\nHost: ${hostname}\r\n` +
          `Cookie: ${owner.cookie}\r\nTransfer-Encoding: chunked\r\n\r\n`,
      )
      for (let left = size; left > 0; left -= 65_536) {
        socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`)
      }
      socket.write('0\r\n\r\n')
    })
  }

  test('the twenty-first, and what comes after the rectification is closed', async () => {
    const full = await newRectification()
    for (let n = 0; n < MAX_ATTACHMENTS - 1; n++) await added(owner, full.id, `${n}.png`, PNG)
    const both = await Promise.all([send(owner, full.id, 'a.png', PNG), send(duty, full.id, 'b.png', PNG)])
    expect(both.map(({ status }) => status).sort(), 'two at once: one is the last').toEqual([200, 409])
    const closed = await newRectification()
    await takeStep(http.ctx, people.duty, closed, { step: 'override', reason: '已关停' })
    const late = await send(owner, closed.id, 'c.png', PNG)
    expect(late.status).toBe(409)
    expect((await problemOf(late)).detail).toContain('已办结')
  })

  test('from those who may not, and about what they may not see', async () => {
    const picture = await added(owner, rectification.id, '内部.png', PNG)
    expect((await send(viewer, rectification.id, 'a.png', PNG)).status).toBe(403)
    expect((await send(haizhu, rectification.id, 'a.png', PNG)).status).toBe(404)
    expect((await haizhu.get(`/api/attachments/${picture.id}`)).status).toBe(404)
    expect((await haizhu.get(`/api/rectifications/${rectification.id}/attachments`)).status).toBe(404)
    expect((await http.client().get(`/api/attachments/${picture.id}`)).status).toBe(401)
  })
})

test('what is removed is hidden, kept and told; of others only the working group removes', async () => {
  const mine = await added(owner, rectification.id, '传错了.png', PNG)
  const theirs = await added(duty, rectification.id, '通报附图.png', PNG)
  expect((await owner.delete(`/api/attachments/${theirs.id}`)).status).toBe(403)
  expect((await owner.delete(`/api/attachments/${mine.id}`)).status).toBe(204)
  expect((await owner.delete(`/api/attachments/${mine.id}`)).status).toBe(404)
  expect((await duty.get(`/api/attachments/${mine.id}`)).status).toBe(404)
  expect((await list(duty, rectification.id)).map(({ id }) => id)).not.toContain(mine.id)
  const row = await fresh.db
    .selectFrom('rectification_file')
    .selectAll()
    .where('id', '=', mine.id)
    .executeTakeFirstOrThrow()
  expect(row).toMatchObject({ hidden_by: people.owner.id, hash: expect.any(String) })
  const kinds = await fresh.db
    .selectFrom('fact')
    .select('kind')
    .where('rectification_id', '=', rectification.id)
    .orderBy('seq', 'desc')
    .executeTakeFirstOrThrow()
  expect(kinds.kind).toBe('rectification.detached')
})

test('adding and removing again is no way to fill the disk', async () => {
  const own = await newRectification()
  let last = 200
  for (let n = 0; n < 3 * MAX_ATTACHMENTS + 1 && last === 200; n++) {
    const answer = await send(owner, own.id, `${n}.png`, PNG)
    last = answer.status
    if (last === 200) await owner.delete(`/api/attachments/${((await answer.json()) as { id: number }).id}`)
  }
  expect(last).toBe(409)
  expect(await list(owner, own.id)).toEqual([])
})

test('what was hidden thirty days ago gives its content up, and what is still shown keeps it', async () => {
  const other = Buffer.concat([PDF, Buffer.from('% of its own')])
  const own = await newRectification()
  const hidden = await added(owner, own.id, '一.pdf', other)
  const shown = await added(owner, own.id, '二.pdf', PDF)
  const contents = async () =>
    (await fresh.db.selectFrom('file_content').select('size').execute()).map(({ size }) => size)
  await owner.delete(`/api/attachments/${hidden.id}`)
  await cleanHidden(http.ctx)
  expect(await contents()).toContain(other.length)
  http.clock.advance(HIDDEN_KEPT_MS + 1000)
  await cleanHidden(http.ctx)
  expect(await contents()).not.toContain(other.length)
  const row = await fresh.db
    .selectFrom('rectification_file')
    .select(['name', 'hidden_by'])
    .where('id', '=', hidden.id)
    .executeTakeFirstOrThrow()
  expect(row).toEqual({ name: '一.pdf', hidden_by: people.owner.id })
  const again = await signedIn(http, 'owner', PASSWORD)
  expect((await again.get(`/api/attachments/${shown.id}`)).status).toBe(200)
})
