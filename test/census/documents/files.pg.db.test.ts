import Docxtemplater from 'docxtemplater'
import PizZip from 'pizzip'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connect } from '../../../server/base/db/connect.ts'
import { keepPictures } from '../../../server/monitor/pictures/keep.ts'
import type { DocumentDetail, Value } from '../../../shared/census/documents/documents.ts'
import { picture } from '../../monitor/pictures/picture.ts'
import { startTestApp, type TestApp } from '../../support/app.ts'
import { prepareDatabase } from '../../support/database.ts'
import { makeSite } from '../../support/make.ts'
import { makePeople } from '../../support/people.ts'
import type { Session } from '../../support/session.ts'

let app: TestApp
let duty: Session
beforeAll(async () => {
  const database = await prepareDatabase()
  const connection = await connect(database)
  await makePeople(connection.db)
  const later = { next_visit_at: new Date(Date.parse('2027-01-01')) }
  for (let n = 0; n < 12; n++) await makeSite(connection.db, {}, later)
  await makeSite(connection.db, { district: '440105', name: '=HYPERLINK("http://x.example","海珠")' }, later)
  await connection.close()
  app = await startTestApp({ database })
  duty = await app.signIn('duty')
})
afterAll(() => app.stop())

const make = async (body: object): Promise<DocumentDetail> => {
  const answer = await duty.fetch('/api/documents', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(answer.status, await answer.clone().text()).toBe(200)
  return (await answer.json()) as DocumentDetail
}
const bytesOf = async (path: string) => Buffer.from(await (await duty.fetch(path)).arrayBuffer())

it('the workbook of a report holds the figures of the API, as numbers, and no formula', async () => {
  const made = await make({ kind: 'deep-report' })
  const bytes = await bytesOf(`/api/documents/${made.id}.xlsx?language=zh`)
  const about = await readSheet(bytes, 1)
  const figure = (label: string) => about.find(([name]) => name === label)?.[1]
  expect(figure('应测网站数')).toBe(made.data?.denominator)
  expect(figure('网站数')).toBe(made.data?.figures.sites?.value)
  expect(figure('数据校验值（SHA-256）')).toBe(made.dataHash)
  const sites = await readSheet(bytes, '网站清单')
  expect(sites).toHaveLength(14)
  const rows = made.data?.tables.sites?.rows as Value[][]
  expect(sites.slice(1).map((row) => [row[0], row[1], row[5]])).toEqual(
    rows.map((row) => [row[0], row[1], row[5]]),
  )
  expect(bytes.includes('<f>')).toBe(false)
})

it('what is printed holds the same figures, runs nothing, and writes names of sites as text', async () => {
  const made = await make({ kind: 'register' })
  const answer = await duty.fetch(`/api/documents/${made.id}/print?language=zh`)
  expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  const page = await answer.text()
  expect(page).toContain('=HYPERLINK(&quot;http://x.example&quot;')
  expect(page).not.toContain('<script')
  expect(page).toContain(made.dataHash)
  const rows = await readSheet(await bytesOf(`/api/documents/${made.id}.xlsx?language=zh`), '网站清单')
  expect(rows).toHaveLength(14)
})

it('a page for anybody is there for what was published alone', async () => {
  const at = (slug: string) => app.stranger.fetch(`/public/documents/${slug}`)
  expect((await at('abcdefghjkmnpqrs')).status).toBe(404)
  expect((await at('%3Cscript%3E')).status).toBe(404)
  const made = await make({ kind: 'ranking' })
  await app.context.db
    .updateTable('document')
    .set({ slug: 'published1234567' })
    .where('id', '=', made.id)
    .execute()
  expect((await at('published1234567')).status, 'a draft').toBe(404)
  const issued = {
    state: 'issued' as const,
    series: 'report' as const,
    year: 2026,
    serial: 1,
    is_public: true,
  }
  await app.context.db.updateTable('document').set(issued).where('id', '=', made.id).execute()
  const answer = await at('published1234567?language=en')
  expect(answer.status).toBe(200)
  expect(answer.headers.get('cache-control')).toContain('public')
  expect(await answer.text()).toContain('〔2026〕1号')
  expect((await at('published1234567?language=%3Cscript%3E')).status).toBe(400)
})

const textOf = (bytes: Buffer) => new Docxtemplater(new PizZip(bytes)).getFullText()
/** As `fetch` takes it. */
const sent = (body: Buffer | string) => (typeof body === 'string' ? body : new Uint8Array(body))
const WORD = { 'content-type': 'application/octet-stream' }
const upload = async (body: Buffer | string, path = 'ranking') =>
  duty.fetch(`/api/templates/${path}?name=x.docx`, { method: 'POST', headers: WORD, body: sent(body) })
/** The template in use, with other words in it. */
async function templateWith(words: string, more: Readonly<Record<string, string>> = {}): Promise<Buffer> {
  const zip = new PizZip(await bytesOf('/api/templates/ranking.docx'))
  const text = zip.file('word/document.xml')?.asText() ?? ''
  zip.file('word/document.xml', text.replace('{title}', `{title}${words}`))
  for (const [name, content] of Object.entries(more)) zip.file(name, content)
  return zip.generate({ type: 'nodebuffer', compression: 'DEFLATE' })
}

it('the document of Word holds the figures of the API, what it goes by, and its hash', async () => {
  const made = await make({ kind: 'ranking' })
  const text = textOf(await bytesOf(`/api/documents/${made.id}.docx?language=zh`))
  expect(text).toContain(`网站数为 ${made.data?.figures.sites?.value}`)
  expect(text).toContain(`应测网站数: ${made.data?.denominator}`)
  expect(text).toContain(made.dataHash)
  // Cells of a row follow each other.
  const [first] = made.data?.tables.ranking?.rows ?? []
  expect(text).toContain(`${first?.[0]}天河区${first?.[2]}`)
})

it('its charts are pictures that every Word shows, and drawings for newer ones', async () => {
  const made = await make({ kind: 'deep-report' })
  const zip = new PizZip(await bytesOf(`/api/documents/${made.id}.docx?language=zh`))
  const xml = (name: string) => zip.file(name)?.asText() ?? ''
  const shown = [
    ...xml('word/document.xml').matchAll(/<a:blip\b[^>]*r:embed="(\w+)">.*?svgBlip[^>]*r:embed="(\w+)"/g),
  ]
  const target = (id = '') =>
    new RegExp(`Id="${id}"[^>]*Target="([^"]+)"`).exec(xml('word/_rels/document.xml.rels'))?.[1]
  expect(shown.length).toBeGreaterThan(0)
  for (const [, picture, drawing] of shown) {
    const png = zip.file(`word/${target(picture)}`)?.asUint8Array() ?? new Uint8Array()
    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG')
    expect(xml(`word/${target(drawing)}`)).toMatch(/^<svg role="img"/)
  }
  expect(xml('[Content_Types].xml')).toContain('Extension="png"')
})

it('a template is put in use if each of its tags is known and closed, and fills the next document', async () => {
  const answer = await upload(await templateWith('（{sites}）{#ranking}[{rank}]{/ranking}'))
  expect(await answer.clone().text()).toContain('"problems":[]')
  expect(await answer.json()).toMatchObject({ version: 1, name: 'x.docx' })
  const made = await make({ kind: 'ranking' })
  expect(textOf(await bytesOf(`/api/documents/${made.id}.docx?language=zh`))).toContain('（13）[1][2]')
})

it('of a faulty one every wrong tag is named, and the one before stays', async () => {
  const problems = async (body: Buffer) =>
    ((await (await upload(body)).json()) as { problems: { tag: string }[] }).problems.map(({ tag }) => tag)
  expect(await problems(await templateWith('{nonsense}{#ranking}{colour}{/ranking}'))).toEqual([
    'nonsense',
    'ranking/colour',
  ])
  expect(await problems(await templateWith('{#ranking}'))).toEqual(['ranking'])
  expect(await problems(await templateWith('{date'))).toHaveLength(1)
  expect(await problems(await templateWith('', { 'word/vbaProject.bin': 'x' }))).toEqual([
    'word/vbaProject.bin',
  ])
  const laughs = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><x>&b;</x>'
  expect(await problems(await templateWith('', { 'word/styles.xml': laughs }))).toEqual(['word/styles.xml'])
  const kept = (await (await duty.fetch('/api/templates/ranking')).json()) as { version: number }
  expect(kept.version).toBe(1)
})

it('what is no document, too large or a bomb is refused; a preview keeps nothing', async () => {
  expect((await upload('hello')).status).toBe(400)
  expect((await upload(Buffer.alloc(5 * 2 ** 20 + 1))).status).toBe(413)
  expect((await upload(await templateWith('', { 'word/x.xml': '0'.repeat(60 * 2 ** 20) }))).status).toBe(413)
  expect((await upload(await templateWith(''), 'nonsense')).status).toBe(404)
  const body = await templateWith('（预览 {sites}）')
  const seen = await duty.fetch('/api/templates/ranking/preview', {
    method: 'POST',
    headers: WORD,
    body: sent(body),
  })
  expect(textOf(Buffer.from(await seen.arrayBuffer()))).toContain('（预览 13）')
  expect(
    (await duty.fetch('/api/templates/circular/preview', { method: 'POST', headers: WORD, body: sent(body) }))
      .status,
    'there is no circular yet',
  ).toBe(409)
})

it('a notice shows how what it demands looked, on paper and in Word, with time and hash', async () => {
  const { context } = app
  const site = await makeSite(context.db, {}, { next_visit_at: new Date(Date.parse('2027-01-01')) })
  const raised = await duty.call('raiseRectifications', {
    body: { source: 'check', siteIds: [site.id], rule: 'OTHER', problem: '栏目无人维护' },
  })
  const shot = {
    ...{
      siteId: site.id,
      atMs: context.clock.now(),
      url: `${site.url}?a=1&b="2"`,
      reason: 'before' as const,
    },
    ...{
      rule: 'OTHER',
      ref: raised.items[0]?.id ?? 0,
      mark: null,
      isMarked: false,
      bytes: picture(1280, 720),
    },
  }
  await context.db.transaction().execute((tx) => keepPictures(tx, [shot]))
  const made = await make({ kind: 'notice', siteId: site.id })
  const [shown] = made.data?.sections[0]?.pictures ?? []
  expect(shown).toMatchObject({ of: `#${shot.ref}`, url: shot.url, width: 1280 })
  const answer = await duty.fetch(`/api/documents/${made.id}/print?language=zh`)
  expect(answer.headers.get('content-security-policy')).toContain('img-src data:')
  const page = await answer.text()
  expect(page).toContain(`data:image/jpeg;base64,${shot.bytes.toString('base64')}`)
  expect(page).toContain(shown?.hash.slice(0, 16))
  const zip = new PizZip(await bytesOf(`/api/documents/${made.id}.docx?language=zh`))
  expect(zip.file('word/media/photo1.jpeg')?.asNodeBuffer()).toEqual(shot.bytes)
  expect(zip.file('word/_rels/document.xml.rels')?.asText()).toContain('media/photo1.jpeg')
  expect(zip.file('[Content_Types].xml')?.asText()).toContain('Extension="jpeg"')
  expect(zip.file('word/document.xml')?.asText()).toContain('r:embed="rIdPhoto1"')
})
