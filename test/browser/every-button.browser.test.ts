import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { ROOT } from '../support/product/product.ts'
import { patient } from '../support/run/patience.ts'
import { wordsOf } from '../support/words.ts'
import { launchBrowser } from './launch.ts'
import { violations } from './looks/axe.ts'
import { faultsOnPhone } from './looks/fingers.ts'
import {
  BROUGHT,
  complaintsOf,
  followLink,
  LAPTOP,
  openAs,
  PAGES,
  PHONE,
  prefer,
  SECTIONS,
  settle,
  sized,
  type Target,
} from './pages.ts'

/*
 * Every page as every role, all of them at once, and every kind of button on it pressed once, by who meets it first.
 * Dialogs and panels that open are filled and left again without sending. Nothing may go wrong in a script, and no word
 * may be missing. Before a page's own buttons are pressed, though others were, axe looks at it in Chinese and in the dark as
 * the officer on duty, and the district opens it on a telephone; what both find in English is in `layout.browser.test.ts`.
 */

const ROLES = ['duty', 'vendor', 'tianhe', 'admin', 'unit', 'viewer'] as const
/** What is looked at besides, by whom, when a page has been opened. */
const LOOKS: Partial<Record<(typeof ROLES)[number], (page: Page) => Promise<string[]>>> = {
  duty: violations,
  tianhe: faultsOnPhone,
}
/** Leaves the account, which the other pages need. */
const LEFT_ALONE = '退出|Sign out'
const MOST_PRESSES = 40
const roots = Object.keys(wordsOf('zh-CN'))

let browser: Browser
/** Kinds of buttons that somebody has pressed, by page; those of the frame, which all pages share, under `frame`. */
const pressed = new Map<string, Set<string>>()

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(async () => {
  // What was broken on the page of the demo's faults is no concern of the next test.
  const duty = await openAs(browser, inject('product'), 'duty')
  for (const siteId of broken) await duty.request.post('/api/fleet/heal', { data: { siteId } })
  await browser?.close()
})

/** Sites that were broken here by the page of the demo's faults. */
const broken = new Set<number>()

/** Who cuts the line, or heals a site that another test has broken, is told that it is done. */
async function leaveOthersAlone(page: Page): Promise<void> {
  await page.route('**/api/fleet/*', (route) => {
    const { siteId } = (route.request().postDataJSON() ?? {}) as { siteId?: number }
    const isBreak = route.request().url().endsWith('/break')
    if (siteId !== undefined && isBreak) broken.add(siteId)
    return siteId !== undefined && broken.has(siteId) ? route.continue() : route.fulfill({ status: 204 })
  })
}

/** What is wrong with what is shown: keys in the place of words, fields whose `required` nobody checks. */
const faultsOf = (page: Page) =>
  page.evaluate((names) => {
    const key = new RegExp(
      `(?:^|[\\s·：:（(])((?:${names.join('|')})\\.[a-zA-Z_]+(?:\\.[\\w]+)*)(?=$|[\\s·，,）)])`,
      'g',
    )
    const said = [...document.querySelectorAll('[title], [aria-label], [placeholder]')].flatMap((element) =>
      ['title', 'aria-label', 'placeholder'].map((name) => element.getAttribute(name) ?? ''),
    )
    const drawn = [...document.querySelectorAll('svg text, svg title')].map((one) => one.textContent ?? '')
    const keys = [document.body.innerText, ...said, ...drawn].flatMap((text) =>
      [...text.matchAll(key)].map((m) => `${m[1]} is no word`),
    )
    const fields = 'input[required], select[required], textarea[required]'
    const stray = [...document.querySelectorAll<HTMLInputElement>(fields)]
      .filter((field) => field.form === null)
      .map((field) => `nobody checks ${field.outerHTML.slice(0, 120)}`)
    return [...keys, ...stray]
  }, roots)

interface Press {
  /** The page's own buttons, or those of the frame around every page. */
  readonly part: 'page' | 'frame'
  readonly known: readonly string[]
  readonly leftAlone: string
}

/** Presses the next button that is not known yet, and fills what opens. @returns null when there is none left. */
const pressNext = (page: Page, press: Press) =>
  page.evaluate(async ({ part, known, leftAlone }) => {
    const frames = async (n: number) => {
      for (let i = 0; i < n; i += 1) await new Promise(requestAnimationFrame)
    }
    const isNext = (button: HTMLElement) =>
      !button.closest('dialog, [role="dialog"]') &&
      button.checkVisibility() &&
      !button.matches(':disabled, [aria-disabled="true"]') &&
      (button.closest('.shell > .nav, .body > header') !== null) === (part === 'frame') &&
      !new RegExp(leftAlone).test(button.innerText)
    // A name without its figures: forty rows have one kind of button.
    const nameOf = (button: HTMLElement) =>
      (button.getAttribute('aria-label') ?? button.innerText).replace(/[\d\s:.,%-]+/g, ' ').trim()
    const kindOf = (button: HTMLElement) => {
      const name = nameOf(button)
      return `${button.className} ${name.length > 12 ? name.slice(0, 4) : name}`
    }
    const all = document.querySelectorAll<HTMLElement>('button, summary, [role="tab"], [role="button"]')
    const button = [...all].find((one) => isNext(one) && !known.includes(kindOf(one)))
    if (!button) return null
    const pressedOne = { kind: kindOf(button), name: nameOf(button) }
    button.click()
    await frames(3)
    const open = document.querySelectorAll('dialog[open], [role="dialog"]')
    for (const field of [...open].flatMap((one) => [...one.querySelectorAll('input, select, textarea')])) {
      if (field instanceof HTMLSelectElement) field.selectedIndex = Math.min(1, field.options.length - 1)
      else if (field instanceof HTMLTextAreaElement) field.value = '试填'
      else if (field instanceof HTMLInputElement && field.type === 'text') field.value = '试填'
      else continue
      field.dispatchEvent(new Event('input', { bubbles: true }))
      field.dispatchEvent(new Event('change', { bubbles: true }))
    }
    await frames(2)
    return pressedOne
  }, press)

/** Leaves dialogs and panels by Escape, as a person does. @returns whether that was possible. */
async function leave(page: Page): Promise<boolean> {
  const isOpen = () => page.evaluate(() => document.querySelector('dialog[open], [role="dialog"]') !== null)
  for (let n = 0; n < 8; n += 1) {
    if (!(await isOpen())) return true
    await page.keyboard.press('Escape')
    await page.waitForTimeout(30)
  }
  return false
}

/** Presses what nobody has pressed on this page. @param back leads to the page again. */
async function pressEverything(
  page: Page,
  name: string,
  part: Press['part'],
  back: () => Promise<void>,
): Promise<string[]> {
  const wrong: string[] = []
  const key = part === 'frame' ? 'frame' : name
  const known = pressed.get(key) ?? new Set()
  pressed.set(key, known)
  const { pathname } = new URL(page.url())
  for (let n = 0; n < MOST_PRESSES; n += 1) {
    const one = await pressNext(page, { part, known: [...known], leftAlone: LEFT_ALONE })
    if (one === null) break
    known.add(one.kind)
    for (const fault of await faultsOf(page)) wrong.push(`${name}, ${one.name}: ${fault}`)
    if (!(await leave(page))) {
      wrong.push(`${name}, ${one.name}: what it opens cannot be left by Escape`)
      await page.reload()
    }
    if (new URL(page.url()).pathname !== pathname) await back()
  }
  return wrong
}

/** Each role begins elsewhere, so that they share the buttons. */
function startingWith(share: number): readonly Target[] {
  const first = Math.floor(PAGES.length * share)
  return [...PAGES.slice(first), ...PAGES.slice(0, first)]
}

/** Where somebody finds a page; null: nothing of this kind is within his scope. All kinds are within that of the officer on duty. */
async function addressOf(role: string, page: Page, path: Target['path']): Promise<string | null> {
  if (role === 'duty') return path(page)
  const address = await Promise.resolve(path(page)).catch(() => null)
  return address === null || /undefined|null/.test(address) ? null : address
}

async function walk(role: (typeof ROLES)[number], share: number): Promise<string[]> {
  const page = await openAs(browser, inject('product'), role)
  if (role === 'duty') await prefer(page, { locale: 'zh-CN', theme: 'dark' })
  await leaveOthersAlone(page)
  const complaints = complaintsOf(page)
  const wrong: string[] = []
  const open = (address: string) => followLink(page, address)
  /** Looked at as it is opened, on a telephone or not; what is pressed then is pressed at a desk. */
  const openFirst = async (name: string, address: string) => {
    const look = name === 'wall' && role === 'tianhe' ? undefined : LOOKS[role]
    if (role === 'tianhe') await sized(page, PHONE)
    await open(address)
    // The frame of a kept page is never silent for a browser that has come by a link.
    if (look && name !== 'evidence') await settle(page)
    for (const fault of (await look?.(page)) ?? []) wrong.push(`${name}: ${fault}`)
    if (role === 'tianhe') await sized(page, LAPTOP)
  }
  await page.goto(role === 'viewer' ? '/?lang=en' : '/')
  await settle(page)
  for (const { name, path } of startingWith(share)) {
    const address = await addressOf(role, page, path)
    if (address === null) continue
    await openFirst(name, address)
    for (const fault of await faultsOf(page)) wrong.push(`${name}: ${fault}`)
    wrong.push(...(await pressEverything(page, name, 'page', () => open(address))))
    for (const complaint of complaints.splice(0)) wrong.push(`${name}: ${complaint}`)
  }
  if (role === 'tianhe') for (const { name, path } of SECTIONS) await openFirst(name, await path(page))
  await open('/')
  wrong.push(...(await pressEverything(page, 'overview', 'frame', () => open('/'))))
  wrong.push(...complaints.map((complaint) => `frame: ${complaint}`))
  await page.context().close()
  return wrong
}

test('every page of the product is among them', () => {
  const router = readFileSync(join(ROOT, 'web/app/router.ts'), 'utf8')
  const routes = Array.from(
    router.matchAll(/\bname: '(\w+)', component|^ {4}name: '(\w+)',$/gm),
    ([, a, b]) => a ?? b,
  )
  const inOne = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())
  routes.push(...BROUGHT.map(({ name }) => inOne(name)))
  const ofNow = PAGES.filter(({ name }) => !name.endsWith(' then'))
  const names = ofNow.map(({ name }) => inOne(name))
  expect(names.toSorted()).toEqual(
    routes.filter((name) => name !== 'signIn' && name !== 'missing').toSorted(),
  )
})

describe.concurrent('no page and no button makes a script fail or shows a key for a word', () => {
  test.each(ROLES)('%s', { timeout: patient(480_000) }, async (role) => {
    expect(await walk(role, ROLES.indexOf(role) / ROLES.length)).toEqual([])
  })
})
