import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { coverPersons } from '../../../server/monitor/rendering/browser/cover.ts'
import { outline } from '../../../server/monitor/rendering/browser/in-page.ts'
import { launchBrowser } from '../../browser/launch.ts'
import { patient } from '../../support/run/patience.ts'
import { card } from '../inspections/content/numbers.ts'

/* What of a page is covered before it is pictured, in a real Chromium. */

const TODAY = '2026-11-29'
const IDS = ['440106199001011016']
let browser: Browser
let page: Page
beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage()
})
afterAll(() => browser.close())

const words = () => page.evaluate(() => document.body.innerText)
const cover = async (html: string) => {
  await page.setContent(html)
  return coverPersons(page.frames(), TODAY)
}

it('numbers of a roster and the names beside them are covered, and the page stays as it was', async () => {
  const [id] = IDS
  const row = (name: string) =>
    `<tr><td><p>${name}</p></td><td><b>${id?.slice(0, 6)}</b>${id?.slice(6)}</td><td>138 0013 8000</td></tr>`
  const html = `<h1>低保对象公示 2026-03-01</h1><table><tr><th>姓名</th><th>身份证号</th><th>电话</th></tr>${row('张三')}${row('李丽')}</table>`
  await page.setContent(html)
  const before = await page.evaluate(() => document.documentElement.scrollHeight)
  expect(await coverPersons(page.frames(), TODAY)).toBe(true)
  const text = await words()
  for (const open of ['张三', '李丽', id?.slice(6) ?? '', '0013']) expect(text).not.toContain(open)
  expect(text).toContain('低保对象公示 2026-03-01')
  expect(text).toContain('身份证号')
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBe(before)
  const colours = await page.evaluate(() => {
    const { color, backgroundColor } = getComputedStyle(document.querySelector('td span') as Element)
    return [color, backgroundColor]
  })
  expect(colours).toEqual(['rgb(0, 0, 0)', 'rgb(0, 0, 0)'])
})

it('so are those that a form is filled with, that stand digit by digit, in a shadow or in a page within the page', async () => {
  const [id = ''] = IDS
  const cells = [...id].map((digit) => `<td>${digit}</td>`).join('')
  const done =
    await cover(`<input value="${id}"><textarea>张三 ${id}</textarea><table><tr>${cells}</tr></table>
    <div id="host"></div><iframe srcdoc="<p>李丽 ${id}</p>"></iframe>
    <script>host.attachShadow({ mode: 'open' }).innerHTML = '<p>王五 ${id}</p>'</script>`)
  expect(done).toBe(true)
  const said = await Promise.all(
    page.frames().map((frame) =>
      frame.evaluate(() => {
        const shadow = document.querySelector('#host')?.shadowRoot?.textContent ?? ''
        const fields = [...document.querySelectorAll<HTMLInputElement>('input, textarea')].map(
          ({ value }) => value,
        )
        return [document.body.innerText, shadow, ...fields].join(' ')
      }),
    ),
  )
  expect(said.join(' ').replace(/\s/g, '')).not.toMatch(/199001|张三|李丽|王五/)
})

it('what names nobody is left as it is', async () => {
  const html = '<p>值班电话 13800138000，统一社会信用代码 91440101MA59A1B2C3，2026-03-01 至 2026-03-31</p>'
  expect(await cover(html)).toBe(true)
  expect(await page.evaluate(() => document.querySelectorAll('span').length)).toBe(0)
})

it('a table full of cards holds nobody up while it is covered', async () => {
  const heading = `<tr>${'<th>补贴发放卡号</th>'.repeat(550)}</tr>`
  const cells = `<tr>${`<td>${card()}</td>`.repeat(140)}</tr>`.repeat(100)
  await page.setContent(`<table>${heading}${cells}</table>`)
  let [longestMs, since] = [0, performance.now()]
  const timer = setInterval(() => {
    longestMs = Math.max(longestMs, performance.now() - since)
    since = performance.now()
  }, 5)
  expect(await coverPersons(page.frames(), TODAY)).toBe(true)
  clearInterval(timer)
  expect(await words()).not.toContain(card())
  expect(longestMs).toBeLessThan(patient(500))
})

it('a place is found by what of it is covered elsewhere', async () => {
  await page.setContent(`<ul><li>张大 关于路灯</li><li>张三 440106199001011016 关于路灯不亮</li></ul>`)
  expect(await page.evaluate(outline, { text: '张** 440***16 关于路灯不亮' })).toBe(true)
  expect(await page.evaluate(() => document.querySelector('[style]')?.textContent)).toContain('不亮')
  expect(await page.evaluate(outline, { text: '李** 440***16 关于路灯不亮' })).toBe(false)
})
