import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { common } from '../../web/locales/common.ts'
import { desk } from '../../web/locales/desk.ts'
import { wall } from '../../web/locales/wall.ts'
import { launchBrowser } from './launch.ts'
import { complaintsOf, openAs, PAGES, settle } from './pages.ts'

/*
 * Every page as every role, and every kind of button on it pressed once, by who meets it first. Dialogs and panels
 * that open are filled and left again without sending. Nothing may go wrong in a script, and no word may be missing.
 */

const ROLES = ['duty', 'tianhe', 'unit', 'vendor', 'viewer', 'admin'] as const
/** Leaves the account, which the other pages need; or the address of another program. */
const LEFT_ALONE = /退出|Sign out/
const MOST_PRESSES = 40
const roots = [common, wall, ...desk].flatMap((words) => Object.keys(words['zh-CN']))

let browser: Browser
const pressed = new Set<string>()

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())

/** Keys that are shown where words should be: `root.some.key`, in text, names and hints. */
const rawKeys = (page: Page) =>
  page.evaluate((names) => {
    const key = new RegExp(
      `(?:^|[\\s·：:（(])((?:${names.join('|')})\\.[a-zA-Z_]+(?:\\.[\\w]+)*)(?=$|[\\s·，,）)])`,
      'g',
    )
    const said = [...document.querySelectorAll('[title], [aria-label], [placeholder]')].flatMap((element) =>
      ['title', 'aria-label', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    )
    const drawn = [...document.querySelectorAll('svg text, svg title')].map((one) => one.textContent ?? '')
    return [document.body.innerText, ...said, ...drawn].flatMap((text) =>
      [...text.matchAll(key)].map((m) => m[1]),
    )
  }, roots)

/** Fields outside of every form whose `required` nobody checks. */
const strayFields = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLInputElement>('input[required], select[required], textarea[required]')]
      .filter((field) => field.form === null)
      .map((field) => field.outerHTML.slice(0, 120)),
  )

/** Presses the next button that is not in `done`. @returns its name; null when there is none left. */
const pressNext = (page: Page, done: readonly string[]) =>
  page.evaluate((known) => {
    const buttons = document.querySelectorAll<HTMLElement>('button, summary, [role="tab"], [role="button"]')
    for (const button of buttons) {
      if (button.closest('dialog, [role="dialog"]') || !button.checkVisibility()) continue
      if (button.matches(':disabled, [aria-disabled="true"]')) continue
      // A name without its figures: forty rows have one kind of button.
      const name = (button.getAttribute('aria-label') ?? button.innerText)
        .replace(/[\d\s:.,%-]+/g, ' ')
        .trim()
      const kind = `${button.className} ${name.length > 12 ? name.slice(0, 4) : name}`
      if (known.includes(kind)) continue
      button.click()
      return { kind, name }
    }
    return null
  }, done)

/** Gives every field of an open dialog or panel something. */
const fill = (page: Page) =>
  page.evaluate(() => {
    const tell = (field: Element) => {
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
    const open = document.querySelectorAll('dialog[open], [role="dialog"]')
    for (const field of [...open].flatMap((one) => [...one.querySelectorAll('input, select, textarea')])) {
      if (field instanceof HTMLSelectElement) field.selectedIndex = Math.min(1, field.options.length - 1)
      else if (field instanceof HTMLTextAreaElement) field.value = '试填'
      else if (field instanceof HTMLInputElement && field.type === 'text') field.value = '试填'
      else continue
      tell(field)
    }
    return open.length
  })

async function leave(page: Page): Promise<void> {
  for (let n = 0; n < 4; n += 1) {
    const isOpen = await page.evaluate(() => document.querySelector('dialog[open], [role="dialog"]') !== null)
    if (!isOpen) return
    await page.keyboard.press('Escape')
    await page.waitForTimeout(30)
  }
}

async function pressEverything(page: Page, name: string, address: string): Promise<string[]> {
  const wrong: string[] = []
  const done: string[] = [...pressed]
    .filter((one) => one.startsWith(`${name}|`))
    .map((one) => one.slice(name.length + 1))
  const start = page.url()
  for (let n = 0; n < MOST_PRESSES; n += 1) {
    const one = await pressNext(page, [...done, ...(await leftAlone(page))])
    if (one === null) break
    done.push(one.kind)
    pressed.add(`${name}|${one.kind}`)
    await page.waitForTimeout(80)
    if ((await fill(page)) > 0) await page.waitForTimeout(60)
    for (const key of await rawKeys(page)) wrong.push(`${name}, ${one.name}: ${key} is no word`)
    for (const field of await strayFields(page)) wrong.push(`${name}, ${one.name}: nobody checks ${field}`)
    await leave(page)
    if (new URL(page.url()).pathname !== new URL(start).pathname) {
      await page.goto(address)
      await settle(page)
    }
  }
  return wrong
}

/** Kinds of the buttons that are left alone, as `pressNext` names them. */
const leftAlone = (page: Page) =>
  page.evaluate(
    (source) =>
      [...document.querySelectorAll<HTMLElement>('button')]
        .filter((button) => new RegExp(source).test(button.innerText))
        .map((button) => `${button.className} ${button.innerText.trim()}`),
    LEFT_ALONE.source,
  )

test.each(ROLES)(
  '%s: no page and no button makes a script fail or shows a key for a word',
  { timeout: 400_000 },
  async (role) => {
    const page = await openAs(browser, inject('product'), role)
    const complaints = complaintsOf(page)
    const wrong: string[] = []
    for (const { name, path } of PAGES) {
      const address = await Promise.resolve(path(page)).catch(() => null)
      // Nothing of this kind within this person's scope.
      if (address === null || /undefined|null/.test(address)) continue
      await page.goto(address)
      await settle(page)
      for (const key of await rawKeys(page)) wrong.push(`${name}: ${key} is no word`)
      wrong.push(...(await pressEverything(page, name, address)))
      for (const complaint of complaints.splice(0)) wrong.push(`${name}: ${complaint}`)
    }
    await page.context().close()
    expect(wrong).toEqual([])
  },
)
