import { sql } from 'kysely'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Db } from '../../../server/base/db/database.ts'
import type { Rectification } from '../../../shared/desk/rectifications/rectifications.ts'
import { makeAlert, makeSite } from '../../support/make.ts'
import { PASSWORD, type People } from '../../support/people.ts'
import { until } from '../../support/until.ts'
import { complaintsOf, openAs, settle } from '../pages.ts'
import { type Desk, openDesk } from './desk.ts'

/*
 * Every list is worked on alike: the same keys, which its help says, and rows without end. The register of the whole
 * country has 84,000 units.
 */

const UNITS = 84_000
const RECTIFICATIONS = 4
const SIZE = { width: 1440, height: 900 }
let desk: Desk
let page: Page
let complaints: string[]

beforeAll(async () => {
  desk = await openDesk(SIZE, fill)
  page = desk.page
  complaints = desk.complaints
})
afterAll(async () => {
  await desk?.close()
})

async function fill(db: Db, { unitId }: People): Promise<void> {
  await sql`
    insert into unit (name, district) select '天河区第' || lpad(n::text, 5, '0') || '号单位', '440106'
    from generate_series(1, ${UNITS - 1}::int) n
  `.execute(db)
  const at = new Date()
  const next_visit_at = new Date(at.getTime() + 86_400_000)
  for (let n = 0; n < RECTIFICATIONS; n++) {
    const down = { availability: 'down', state: 'down', since: at, cause: 'timeout', next_visit_at } as const
    const site = await makeSite(db, { unit_id: unitId }, down)
    await makeAlert(db, { site, opened_at: at })
  }
}

const press = async (...keys: string[]) => {
  for (const key of keys) await page.keyboard.press(key)
}
const rows = () => page.locator('tr[data-row]:not(.group)')

/** Writes the reason of a step, and waits until its form can be sent. */
async function write(text: string): Promise<void> {
  const form = page.getByRole('dialog')
  await form.getByRole('textbox').last().fill(text)
  await until('it can be sent', () => form.getByRole('button', { name: '延期' }).isEnabled())
}
async function rectifications(): Promise<Rectification[]> {
  const answer = await page.request.get('/api/rectifications?limit=100')
  return ((await answer.json()) as { items: Rectification[] }).items
}

describe('every list says in its help which keys it has', () => {
  const LISTS = ['alerts', 'rectifications', 'sites', 'units', 'pauses', 'notifications', 'audit'] as const
  it.concurrent.each([
    ['zh-CN', ['下一条', '上一条', '打开', '更新列表']],
    ['en', ['Next', 'Previous', 'Open', 'Update the list']],
  ] as const)('%s', async (language, words) => {
    const page = await openAs(desk.browser, desk.product, 'duty', SIZE, language, PASSWORD)
    const complaints = complaintsOf(page)
    for (const list of LISTS) {
      await page.goto(`/${list}?lang=${language}`)
      await settle(page)
      await page.keyboard.press('?')
      const help = page.getByRole('dialog')
      const own = help.locator('section').first()
      await own.waitFor()
      const said = await own.innerText()
      for (const word of words) expect(said, `${list} in ${language}`).toContain(word)
      await page.keyboard.press('Escape')
      await help.waitFor({ state: 'hidden' })
    }
    expect(complaints).toEqual([])
    await page.context().close()
  })
})

it('the replay has its keys in the help, too, and none that lead nowhere from there', async () => {
  await page.goto('/replay?lang=zh-CN')
  await page.getByTestId('replay').waitFor()
  await press('?')
  const help = page.getByRole('dialog')
  await help.getByText('上一个事件', { exact: true }).waitFor()
  expect(await help.getByText('g a', { exact: true }).count()).toBe(0)
  await press('Escape')
  await help.waitFor({ state: 'hidden' })
})

describe('the list of units, as large as the country', () => {
  it('draws what can be seen, and has the next rows before their place is reached', async () => {
    await page.goto('/units?lang=zh-CN')
    await rows().first().waitFor()
    await page.getByText(`${UNITS}`).first().waitFor()
    expect(Number(await page.locator('table').getAttribute('aria-rowcount'))).toBe(UNITS + 1)
    for (let n = 1; n <= 12; n++) {
      await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight))
      await until('the next page is here', () =>
        page.evaluate(
          () => document.documentElement.scrollHeight - window.innerHeight - window.scrollY > 500,
        ),
      )
      expect(await rows().count()).toBeLessThan(80)
    }
    const last = await rows().last().getAttribute('aria-rowindex')
    expect(Number(last)).toBeGreaterThan(1_000)
  })

  it('is gone through by j and k, opened by Enter, and looked through by /', async () => {
    await page.goto('/units')
    await rows().first().waitFor()
    await press('j')
    // Rows are fetched as the cursor comes near their end: who presses faster than they come stands at the last.
    await until('the cursor is there', async () => {
      const at = Number(await page.locator('tr.cursor').getAttribute('aria-rowindex'))
      await press(...Array.from({ length: Math.min(25, 151 - at) }, () => 'j'))
      return at === 151
    })
    await page.locator('tr.cursor[aria-rowindex="151"]').waitFor()
    await press('/')
    await page.keyboard.insertText('第83999号')
    await until('one unit is listed', async () => (await rows().count()) === 1)
    await press('Escape', 'j', 'Enter')
    await page.waitForURL(/units\/\d+/)
  })
})

describe('rectifications have what alerts have', () => {
  beforeAll(async () => {
    const answer = await page.request.get('/api/alerts?limit=100')
    const { items } = (await answer.json()) as { items: { id: number }[] }
    for (const { id } of items) {
      const raised = await page.request.post('/api/rectifications', {
        data: { alertIds: [id], dueWorkdays: 5 },
      })
      expect(raised.status(), await raised.text()).toBeLessThan(300)
    }
  })

  it('selects a group by its head, more by Shift-x, and takes one step with all, each with its own result', async () => {
    await page.goto('/rectifications')
    await rows().first().waitFor()
    await press('j', 'x')
    await page.getByText(`已选 ${RECTIFICATIONS} 条`).waitFor()
    await press('Escape', 'Escape', 'j', 'j', 'x', 'j', 'Shift+X')
    await page.getByText('已选 2 条').waitFor()
    await press('e')
    await write('等待采购')
    await press('Control+Enter')
    await page.getByRole('dialog').getByText('2 条成功').waitFor()
    await press('Escape')
    await until('two have more time', async () => {
      const days = (await rectifications()).map(({ dueOn }) => dueOn)
      return days.filter((day) => day === days.toSorted().at(-1)).length === 2
    })
  })

  it('says a refusal in the form, where what was typed can be sent again', async () => {
    await page.goto('/rectifications')
    await rows().first().waitFor()
    await press('j', 'j', 'e')
    await write('再延一次')
    await page.route('**/api/rectifications/*/extend', (route) =>
      route.fulfill({
        status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({
          type: 'about:blank',
          title: 'Service Unavailable',
          status: 503,
          code: 'busy',
          reason: 'common.busy',
          detail: '数据库正忙，请稍后重试',
        }),
      }),
    )
    await press('Control+Enter')
    await page.getByRole('dialog').getByRole('alert').getByText('数据库正忙').waitFor()
    await page.unroute('**/api/rectifications/*/extend')
    expect(await page.getByRole('dialog').getByRole('textbox').last().inputValue()).toBe('再延一次')
    await press('Control+Enter')
    await page.getByRole('dialog').waitFor({ state: 'hidden' })
  })

  it('leaves a row in its place under the cursor while others act, and . takes the changes over', async () => {
    await page.goto('/rectifications')
    await rows().first().waitFor()
    await press('j', 'j')
    const [first] = await rectifications()
    const cursor = await page.locator('tr.cursor').innerText()
    const override = await page.request.post(`/api/rectifications/${first!.id}/override`, {
      data: { version: first!.version, reason: '网站已关停' },
    })
    expect(override.status(), await override.text()).toBeLessThan(300)
    await until('it is marked as gone', async () => (await page.locator('tr.gone').count()) === 1)
    expect(await rows().count()).toBe(RECTIFICATIONS)
    expect((await page.locator('tr.cursor').innerText()).split('\n')[0]).toBe(cursor.split('\n')[0])
    await press('.')
    await until('it has gone', async () => (await rows().count()) === RECTIFICATIONS - 1)
  })
})

it('nothing broke on the way', () => {
  expect(complaints).toEqual([])
})
