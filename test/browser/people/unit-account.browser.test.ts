import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { launchBrowser } from '../launch.ts'
import { openAs } from '../pages.ts'

/* A unit that nobody can sign in for is told of by telephone; whoever may gives it an account where that is said. */

let browser: Browser
let office: Page
beforeAll(async () => {
  browser = await launchBrowser()
  office = await openAs(browser, inject('product'), 'tianhe')
})
afterAll(() => browser?.close())

test('the district office gives it an account on its page, and the page says so at once', async () => {
  const answer = await office.request.get('/api/units?limit=200')
  const { items } = (await answer.json()) as { items: { id: number; name: string; accounts: number }[] }
  const unit = items.find(({ accounts }) => accounts === 0)
  if (!unit) throw new Error('the demo has no unit without an account')
  await office.goto(`/units/${unit.id}`)
  await office.getByText('该单位没有可登录的账号').waitFor()
  await office.getByRole('button', { name: '新建账号' }).click()
  const form = office.getByRole('dialog')
  await form.getByText(unit.name).waitFor()
  await form.getByLabel('用户名').fill(`unit-page-${unit.id}`)
  await form.getByLabel('姓名').fill('林小红')
  await form.getByRole('button', { name: '新建账号' }).click()
  await office.getByText('林小红 的初始密码').waitFor()
  await office.getByRole('button', { name: /关闭/ }).last().click()
  await office.getByRole('listitem').filter({ hasText: '林小红' }).waitFor()
  expect(await office.getByText('该单位没有可登录的账号').count()).toBe(0)
})
