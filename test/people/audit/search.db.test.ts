import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { everyAudit } from '../../../server/people/audit/queries.ts'
import { recordAudit } from '../../../server/people/audit/record.ts'
import { HOUR } from '../../../shared/base/time.ts'
import { type AuditAction, type AuditEntity, auditEntry } from '../../../shared/people/audit/audit.ts'
import { type Client, signedIn, startHttp, type TestHttp } from '../../base/http/app.ts'
import { TUESDAY } from '../../support/clock.ts'
import { type FreshDatabase, freshDatabase } from '../../support/database.ts'
import { makePeople, PASSWORD, type People } from '../../support/people.ts'

let fresh: FreshDatabase
let http: TestHttp
let people: People
let duty: Client
beforeAll(async () => {
  fresh = await freshDatabase()
  people = await makePeople(fresh.db)
  http = await startHttp(fresh)
  const note = (
    hours: number,
    actor: People['duty'] | null,
    action: AuditAction,
    detail: Record<string, unknown>,
  ) =>
    recordAudit(fresh.db, {
      at: new Date(TUESDAY + hours * HOUR),
      actor,
      action,
      entity: action.split('.')[0] as AuditEntity,
      entityId: 7,
      detail,
    })
  await note(0, people.duty, 'alert.acknowledged', { note: '已联系 100%_确认' })
  await note(1, people.tianhe, 'alert.acknowledged', { note: '=HYPERLINK("http://x")' })
  await note(2, people.tianhe, 'site.paused', { reason: '机房搬迁\n三天' })
  await note(3, null, 'session.failed', { username: 'root' })
  duty = await signedIn(http, 'duty', PASSWORD)
})
afterAll(async () => {
  await http.close()
  await fresh.drop()
})

const search = async (query: string) => {
  const { items } = await (await duty.get(`/api/audit?${query}`)).json()
  return items.map((entry: { action: string; actor: { name: string } | null }) => entry.action)
}

describe('the audit is searched', () => {
  it.each([
    ['actor', 'actor=晓燕', ['site.paused', 'alert.acknowledged']],
    ['action', 'action=alert.acknowledged', ['alert.acknowledged', 'alert.acknowledged']],
    ['entity', 'entity=site&entityId=7', ['site.paused']],
    ['text of the detail', 'q=搬迁', ['site.paused']],
    ['text with a wildcard sign', `q=${encodeURIComponent('100%_')}`, ['alert.acknowledged']],
    ['nothing', 'q=nothing-like-it', []],
  ])('by %s', async (_what, query, expected) => {
    expect(await search(query)).toEqual(expected)
  })

  it('by time: from the first instant, up to the last', async () => {
    const at = (hours: number) => encodeURIComponent(new Date(TUESDAY + hours * HOUR).toISOString())
    const query = `from=${at(1)}&to=${at(3)}&entityId=7`
    expect(await search(query)).toEqual(['site.paused', 'alert.acknowledged'])
    expect((await duty.get('/api/audit?from=yesterday')).status).toBe(400)
  })
})

describe('the audit as a file', () => {
  it('is CSV that Excel reads as UTF-8 and runs nothing of, oldest first', async () => {
    const answer = await duty.get('/api/audit/export?entityId=7')
    expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('content-disposition')).toMatch(
      /^attachment; filename="?audit-\d{4}-\d{2}-\d{2}\.csv"?$/,
    )
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    const lines = bytes.toString('utf8').trimEnd().split('\r\n')
    expect(lines).toHaveLength(5)
    expect(lines[1]).toMatch(/^\d+,\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},王敏,alert\.acknowledged,alert,7,/)
  })

  it('is one JSON object a line', async () => {
    const text = await (await duty.get('/api/audit/export?format=jsonl&entityId=7')).text()
    const entries = text
      .trimEnd()
      .split('\n')
      .map((line) => auditEntry.parse(JSON.parse(line)))
    expect(entries.map(({ action }) => action)).toEqual([
      'alert.acknowledged',
      'alert.acknowledged',
      'site.paused',
      'session.failed',
    ])
    expect(await search('action=audit.exported')).toContain('audit.exported')
  })

  it('comes in pieces, each entry once', async () => {
    const pieces: number[] = []
    const ids: number[] = []
    for await (const entries of everyAudit(fresh.db, { entityId: 7 }, 3)) {
      pieces.push(entries.length)
      ids.push(...entries.map(({ id }) => id))
    }
    expect(pieces).toEqual([3, 1])
    expect(new Set(ids).size).toBe(4)
  })
})

describe('the audit only grows', () => {
  it.each([
    'update audit set actor_name = $$nobody$$',
    'delete from audit where action = $$session.failed$$',
    'truncate audit',
  ])('%s is refused by the database', async (statement) => {
    const before = await fresh.db.selectFrom('audit').selectAll().orderBy('id').execute()
    await expect(sql.raw(statement).execute(fresh.db)).rejects.toThrow(/only grows/)
    expect(await fresh.db.selectFrom('audit').selectAll().orderBy('id').execute()).toEqual(before)
  })
})
