import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Db } from '../../../server/base/db/database.ts'
import type { Alert } from '../../../shared/desk/alerts/alerts.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import type { People } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import { type Desk, openDesk } from './desk.ts'

/*
 * A morning of sixty alerts is cleared without the mouse: nothing here clicks. Every key of the desk is used. The
 * trace is kept in test-results/keyboard.zip.
 */

const ALERTS = 60
let desk: Desk
let page: Page
let complaints: string[]

beforeAll(async () => {
  desk = await openDesk({ width: 1920, height: 1080 }, fill)
  page = desk.page
  complaints = desk.complaints
  await page.context().tracing.start({ screenshots: true, snapshots: true })
  await page.goto('/')
  await page.locator('nav a.here').waitFor()
})
afterAll(async () => {
  await page?.context().tracing.stop({ path: 'test-results/keyboard.zip' })
  await desk?.close()
})

/** 56 outages, the three of an incident, and the incident: sixty, one behind the other. */
async function fill(db: Db, { unitId }: People): Promise<void> {
  const at = new Date()
  // Nobody visits them, and nobody is due.
  const next_visit_at = new Date(at.getTime() + 86_400_000)
  const down = { availability: 'down', state: 'down', since: at, cause: 'timeout', next_visit_at } as const
  const incident = await db
    .insertInto('incident')
    .values({ kind: 'platform', key: '政务云一区', opened_at: at, changed_at: at })
    .returning('id')
    .executeTakeFirstOrThrow()
  for (let n = 1; n < ALERTS; n++) {
    const isMember = n >= ALERTS - 3
    const given = { unit_id: unitId, name: `天河区第${n}办公室`, ...(isMember && { platform: '政务云一区' }) }
    const site = await makeSite(db, given, down)
    const opened_at = new Date(at.getTime() - (ALERTS - n) * 60_000)
    await makeAlert(db, { site, opened_at, ...(isMember && { incident_id: incident.id, severity: 'minor' }) })
  }
  const evidence = JSON.stringify({
    kind: 'platform',
    key: '政务云一区',
    sites: 3,
    down: 3,
    cause: 'timeout',
  })
  await makeAlert(db, { site: null, rule: 'PLATFORM', incident_id: incident.id, opened_at: at, evidence })
}

const press = (...keys: string[]) =>
  keys.reduce<Promise<void>>((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve())
const type = (text: string) => page.keyboard.insertText(text)
const dialog = () => page.getByRole('dialog')
const said = (text: string) => page.getByText(text, { exact: true }).last().waitFor()
const cursor = () => page.locator('tr.cursor')
const name = async () => (await cursor().locator('td.site a').textContent())?.trim() ?? ''

/** What waits for somebody: nobody has it, and it is not silenced. */
async function open(): Promise<Alert[]> {
  const answer = await page.request.get('/api/alerts?status=open&limit=1000')
  return ((await answer.json()) as { items: Alert[] }).items.filter((one) => one.silencedUntil === null)
}
async function alertOf(siteName: string, status = 'live'): Promise<Alert> {
  const answer = await page.request.get(`/api/alerts?status=${status}&limit=1000`)
  const found = ((await answer.json()) as { items: Alert[] }).items.find((one) => one.siteName === siteName)
  if (!found) throw new Error(`no alert of ${siteName}`)
  return found
}
/** Opens the form of a step on the line under the cursor, fills its text and sends it. */
async function step(key: string, text: string): Promise<void> {
  await press(key)
  await dialog().getByRole('textbox').last().waitFor()
  if (text) await type(text)
  await press('Control+Enter')
  await page.locator('.pop').waitFor({ state: 'hidden' })
}
/** Tab until the control of this name has the focus. */
async function tabTo(label: string): Promise<void> {
  for (let n = 0; n < 40; n++) {
    const text = await page.evaluate(() => document.activeElement?.textContent?.trim())
    if (text === label) return
    await press('Tab')
  }
  throw new Error(`Tab does not lead to ${label}`)
}

test('g and a letter lead to the desk, ? says every key', async () => {
  await press('g', 'a')
  await page.locator('tr[data-row]').first().waitFor()
  expect(await open()).toHaveLength(ALERTS)
  await press('?')
  await dialog().getByText('并入事件').waitFor()
  await press('Escape')
  await dialog().waitFor({ state: 'hidden' })
})

test('j, k and the arrows move; / searches, and letters in a field are letters', async () => {
  await press('j')
  const first = await name()
  await press('j', 'ArrowDown', 'ArrowUp', 'k')
  expect(await name()).toBe(first)
  await press('/')
  await type('第2')
  await press('j', 'x', 'a')
  expect(await page.locator('.filter-bar [type=search]').inputValue()).toBe('第2jxa')
  expect(await dialog().count()).toBe(0)
  await press('Control+A', 'Delete')
  await type('第21')
  await until('one alert is listed', async () => (await page.locator('tr[data-row]').count()) === 1)
  await press('Control+A', 'Delete', 'Escape')
  await until('all are listed again', async () => (await page.locator('tr[data-row]').count()) > 10)
})

test('a acknowledges, u takes it back', async () => {
  // The first is what several sites share, and no site's.
  await press('Escape', 'j', 'j')
  const site = await name()
  await step('a', '已电话通知')
  await said('已确认')
  await cursor().locator('td.status').getByText('已确认至').waitFor()
  await cursor().locator('td.assignee').getByText('王敏').waitFor()
  await step('u', '交班')
  await said('已取消确认')
  await cursor().getByText('未确认').waitFor()
  expect(await alertOf(site)).toMatchObject({ status: 'open', version: 3 })
})

test('s gives it to the unit, m silences, v sets the severity', async () => {
  const site = await name()
  await press('s')
  await dialog().getByText('交给网站的主办单位').waitFor()
  await tabTo('交给网站的主办单位')
  await press('Enter')
  await said('已交办')
  await press('j')
  const second = await name()
  await step('m', '今晚维护')
  await said('已静默')
  await press('j')
  const third = await name()
  await press('v')
  await dialog().getByText('调整级别').first().waitFor()
  await press('Tab', 'Tab')
  await type('影响面小')
  await press('Control+Enter')
  await said('已调整级别')
  await until('it has another severity', async () => (await alertOf(third)).monitorSeverity)
  await until('it is given to the unit', async () => (await alertOf(site)).assignedUnit)
  await until('it is silenced', async () => (await alertOf(second)).silencedUntil)
})

test('c comments and calls on a colleague by @', async () => {
  await press('j')
  const site = await name()
  await press('c')
  await dialog().getByRole('textbox').waitFor()
  await page.keyboard.type('@')
  await dialog().getByRole('option').first().waitFor()
  await page.keyboard.type('李')
  await until('one is offered', async () => (await dialog().getByRole('option').count()) === 1)
  await press('Enter')
  await type('请核实')
  await press('Control+Enter')
  await said('已备注')
  expect((await alertOf(site)).mentioned).toHaveLength(1)
})

test('f marks a false alarm, r resolves, and both rows stay where they are until . updates the list', async () => {
  await press('j')
  const wrong = await name()
  await step('f', '防火墙拦截')
  await said('已标记误报')
  await press('j')
  const closed = await name()
  await step('r', '已恢复')
  await said('已解除')
  await until('both are marked as gone', async () => (await page.locator('tr.gone').count()) === 2)
  await press('.')
  await until('the rows have gone', async () => (await page.locator('tr.gone').count()) === 0)
  expect(await alertOf(wrong, 'resolved')).toMatchObject({ falseAlarm: { reason: '防火墙拦截' } })
  expect(await alertOf(closed, 'resolved')).toMatchObject({ resolvedBy: { name: '王敏' }, falseAlarm: null })
})

test('e raises a rectification, and g a leads back', async () => {
  await press('Escape', 'j', 'j', 'j', 'j')
  const site = await name()
  await press('e')
  await dialog().getByRole('button', { name: '发起整改', disabled: false }).waitFor()
  await tabTo('发起整改')
  await press('Enter')
  await page.waitForURL(/rectifications\/\d+/)
  expect((await alertOf(site)).rectificationId).not.toBeNull()
  await press('g', 'a')
  await page.locator('tr[data-row]').first().waitFor()
})

test('b groups by incident, i takes an outage into one, o takes it out, Enter opens and Esc closes', async () => {
  await press('b')
  await page.locator('tr.group').first().waitFor()
  await press('j', 'j', 'j', 'j', 'j', 'j', 'j', 'j')
  const site = await name()
  await press('Enter')
  await page.getByRole('complementary').getByRole('heading', { name: site }).waitFor()
  await press('Escape')
  await until('it is closed', async () => (await page.getByRole('complementary').count()) === 0)
  await press('i')
  await dialog().getByText('政务云一区').waitFor()
  await press('Enter')
  await said('已并入事件')
  expect((await alertOf(site)).incidentId).not.toBeNull()
  // Only what is in an incident can be taken out: the key does nothing before the push of it has arrived.
  await until('the form opens', async () => {
    await press('o')
    return (await dialog().getByRole('textbox').count()) > 0
  })
  await press('Control+A')
  await type('原因不同')
  await press('Control+Enter')
  await said('已移出事件')
  expect((await alertOf(site)).incidentId).toBeNull()
})

test('Ctrl-K finds a site by its code, and the view of what nobody has taken', async () => {
  await press('Control+k')
  await page.getByRole('combobox', { name: '快速查找与操作' }).waitFor()
  await type('第33办公室')
  await page
    .getByRole('option', { name: /第33办公室/ })
    .first()
    .waitFor()
  await press('Control+A')
  await type('未处理')
  await page.getByRole('option', { name: '未处理' }).waitFor()
  await press('Enter')
  await page.waitForURL(/status=open/)
})

test('x and Shift-x select the rest, and one a clears them all, each with its own result', async () => {
  await page.goto('/alerts?status=open&group=incident')
  await page.locator('tr.group').first().waitFor()
  const waiting = await open()
  // The head of a group stands for all of it.
  await press('j', 'x')
  await press('j', 'x')
  await press('x')
  for (let n = 0; n < ALERTS + 3; n++) await press('j')
  await press('Shift+X')
  await page.getByText(`已选 ${waiting.length} 条`).waitFor()
  await step('a', '统一处置')
  await dialog().getByText(`${waiting.length} 条成功`).waitFor()
  await press('Escape')
  await until('nothing is open', async () => (await open()).length === 0)
})

test('nothing broke on the way', () => {
  expect(complaints).toEqual([])
})
