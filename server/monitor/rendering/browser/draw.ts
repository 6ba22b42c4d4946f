import type {
  Browser,
  BrowserContext,
  BrowserContextOptions,
  ElementHandle,
  Frame,
  Page,
} from 'playwright-core'
import type { RenderReason } from '../../../../shared/monitor/rendering/rendering-rules.ts'
import { isSameSite } from '../../read/page/second-level.ts'
import { boxesOn } from './boxes.ts'
import { checkPage } from './check.ts'
import { coverPersons, staysCovered } from './cover.ts'
import { bodyOf, inPlaceOf } from './frames.ts'
import type { Gate } from './gate.ts'
import { outline, shutDoors, standing } from './in-page.ts'
import type { DrawAnswer, DrawLimits, DrawOrder, Picture } from './order.ts'
import { drawnAs } from './user-agent.ts'
import { followAsked, isOfPage } from './waiting/asked.ts'
import { settle } from './waiting/settle.ts'

const SCREEN = { width: 1280, height: 800 }
const QUALITIES = [70, 45, 25]
/** Between two times that what a page says is let go of, ms. */
const HUSH_MS = 150
/** Pages within a page, and those within them. */
const MAX_FRAMES = 8
/** No server takes a longer address, but a script can make one of megabytes. */
const MAX_ADDRESS = 8_192
/** So much of a page's time is left when it has been checked. */
const SPARE_MS = 1_000
/** A page that does not go by itself after so long has its browser ended. */
const LEAVE_MS = 3_000

export interface DrawParts {
  readonly browser: Browser
  readonly gate: Gate
  readonly limits: DrawLimits
  readonly userAgent: string
  readonly zone: string
  /** Monotonic, ms. */
  readonly elapsedMs: () => number
}

/** It could not be drawn, and why. */
class NotDrawn extends Error {
  readonly reason: RenderReason
  /** The error that its server answered with. */
  readonly status: number | undefined

  constructor(reason: RenderReason, status?: number) {
    super(reason)
    this.reason = reason
    this.status = status
  }
}

/**
 * Draws one page in a context of its own, which nothing survives: no cookie, no storage, no permission, no download, no other
 * window. Never throws.
 * @returns with `isStuck` when the browser does not let go of the page: it has to be ended.
 */
export async function draw(
  parts: DrawParts,
  order: DrawOrder,
): Promise<{ answer: DrawAnswer; isStuck: boolean }> {
  const { browser, gate, limits } = parts
  let context: BrowserContext | null = null
  let answer: DrawAnswer
  try {
    context = await within(browser.newContext(contextOf(parts)), limits.pageMs)
    answer = await drawIn(parts, context, order)
  } catch (error) {
    const status = error instanceof NotDrawn ? error.status : undefined
    answer = { failed: reasonOf(error, gate), status, counts: gate.counts() }
  }
  const isGone = await within(context?.close() ?? Promise.resolve(), LEAVE_MS).then(
    () => true,
    () => false,
  )
  return { answer, isStuck: !isGone }
}

function contextOf({ gate, userAgent, zone, browser }: DrawParts): BrowserContextOptions {
  return {
    proxy: { server: `http://127.0.0.1:${gate.port}` },
    userAgent: drawnAs(browser.version(), userAgent),
    viewport: SCREEN,
    locale: 'zh-CN',
    timezoneId: zone,
    acceptDownloads: false,
    serviceWorkers: 'block',
    // Certificates are the business of visits, which judge them.
    ignoreHTTPSErrors: true,
    permissions: [],
  }
}

async function drawIn(parts: DrawParts, context: BrowserContext, order: DrawOrder): Promise<DrawAnswer> {
  const { gate, limits, elapsedMs } = parts
  const began = elapsedMs()
  // What is looked for besides makes no drawing fail.
  const leftMs = () => limits.pageMs - SPARE_MS - (elapsedMs() - began)
  await context.addInitScript(shutDoors)
  const page = await context.newPage()
  const ended = new Promise<never>((_, reject) => {
    page.once('crash', () => reject(new NotDrawn('crashed')))
    page.on('download', () => reject(new NotDrawn('no_page')))
  })
  ended.catch(() => {})
  page.on('dialog', (dialog) => void dialog.dismiss().catch(() => {}))
  context.on('page', (other) => void other.close().catch(() => {}))
  const hush = setInterval(() => letGoOfSaid(page), HUSH_MS)
  const work = async (): Promise<DrawAnswer> => {
    const refuse = answered(page, gate, order.picture?.isAsIs === true)
    const asked = followAsked(page)
    await open(page, order.url)
    refuse()
    await settle(page, { limits, elapsedMs, waiting: asked.open, counts: gate.counts })
    refuse()
    if (gate.counts().isOver) throw new NotDrawn('too_much')
    const url = addressOf(page)
    // What comes from now on does not stand in it any more.
    const missed = asked.missed()
    const html = order.wantsHtml ? await standingWith(page, limits.maxHtmlBytes) : null
    const bytes = html === null ? null : Buffer.from(html)
    const isCut = (bytes?.length ?? 0) > limits.maxHtmlBytes
    const picture = order.picture ? await take(page, order.picture, limits) : null
    const check = order.wantsCheck ? await checkPage(page, limits, leftMs) : null
    return {
      url,
      html: bytes?.subarray(0, limits.maxHtmlBytes) ?? null,
      isCut,
      picture,
      check,
      missed,
      tookMs: Math.round(elapsedMs() - began),
      counts: gate.counts(),
    }
  }
  return await within(Promise.race([work(), ended]), limits.pageMs).finally(() => clearInterval(hush))
}

/** What a page writes to its console, and its errors: the last two hundred of each would be kept, however long. */
function letGoOfSaid(page: Page): void {
  for (const gone of [page.clearConsoleMessages(), page.clearPageErrors()]) gone.catch(() => {})
}

async function open(page: Page, url: string): Promise<void> {
  // Wherever its address comes from: what is on this machine is no page.
  if (!/^https?:/i.test(url)) throw new NotDrawn('not_open')
  await page.goto(url, { waitUntil: 'domcontentloaded', timeout: 0 }).catch((error: unknown) => {
    const text = String(error)
    if (/ERR_ABORTED|Download is starting/.test(text)) throw new NotDrawn('no_page')
    throw /crashed/i.test(text) ? new NotDrawn('crashed') : new NotDrawn('not_open')
  })
}

/**
 * Follows what the page itself was answered with, wherever its scripts lead: an error is no page, and nor is what was refused.
 * @param isAsIs an error is wanted, too.
 */
function answered(page: Page, gate: Gate, isAsIs: boolean): () => void {
  let status = 0
  page.on('response', (response) => {
    if (isOfPage(response.request(), page)) status = response.status()
  })
  return () => {
    if (page.url().startsWith('chrome-error:')) throw new NotDrawn('not_open')
    if (status < 400) return
    if (status === 403 && gate.counts().refused > 0) throw new NotDrawn('refused')
    if (!isAsIs) throw new NotDrawn('http_error', status)
  }
}

/** Where a page is in the end. One that its script has made of nothing, or that has no address of the web, is none of its site's. */
function addressOf(page: Page): string {
  const url = page.url()
  if (!/^https?:/i.test(url) || url.length > MAX_ADDRESS) throw new NotDrawn('no_page')
  return url
}

/** The page as it stands with the pages of its site within it in their places. */
async function standingWith(page: Page, most: number): Promise<string> {
  let left = MAX_FRAMES
  const partOf = async (frame: Frame): Promise<string> => {
    const inner: { name: string; html: string }[] = []
    for (const child of frame.childFrames()) {
      if (left <= 0 || child.isDetached() || !isOwn(child, page)) continue
      left--
      const name = `inner-${left}`
      const element = await child.frameElement()
      await mark(element, name)
      inner.push({ name, html: bodyOf(await partOf(child)) })
    }
    const said: unknown = await frame.evaluate(standing, most)
    // Scripts of the page may have put anything in the place of what was called.
    if (typeof said !== 'string') throw new NotDrawn('unread')
    const html = said.slice(0, most + 1)
    return inner.reduce((whole, { name, html: part }) => inPlaceOf(whole, name, part), html)
  }
  return partOf(page.mainFrame())
}

const mark = (element: ElementHandle, name: string): Promise<void> =>
  element.evaluate((one, as) => (one as Element).setAttribute('data-inner', as), name)

/** `srcdoc` and blank ones are the page's own. */
const isOwn = (frame: Frame, page: Page): boolean =>
  frame.url().startsWith('about:') || isSameSite(frame.url(), page.url())

async function take(
  page: Page,
  { mark: wanted, isWhole, today }: NonNullable<DrawOrder['picture']>,
  { maxPictureBytes, maxPictureHeight, maxPictureFrames }: DrawLimits,
): Promise<Picture> {
  const frames = (): readonly Frame[] => {
    const all = page.frames()
    if (all.length > maxPictureFrames) throw new NotDrawn('too_much')
    return all
  }
  await page.evaluate(() => window.scrollTo({ top: 0, left: 0, behavior: 'instant' }))
  let isMarked = false
  for (const frame of wanted ? frames() : []) {
    isMarked = isMarked || (await frame.evaluate(outline, wanted ?? {}).catch(() => false))
  }
  // One of which that is not known shows them perhaps.
  if (!(await coverPersons(frames(), today))) throw new NotDrawn('personal')
  const height = isWhole
    ? Math.min(
        maxPictureHeight,
        Math.max(SCREEN.height, await page.evaluate(() => document.documentElement.scrollHeight)),
      )
    : SCREEN.height
  const boxes = await boxesOn(page)
  const clip = { x: 0, y: 0, width: SCREEN.width, height }
  for (const quality of QUALITIES) {
    const bytes = await page.screenshot({
      ...{ type: 'jpeg', quality, animations: 'disabled', caret: 'hide', scale: 'css' },
      ...(isWhole ? { fullPage: true, clip } : {}),
    })
    if (bytes.length <= maxPictureBytes) {
      // What came while it was taken is in it.
      if (!(await staysCovered(frames(), today))) throw new NotDrawn('personal')
      return { bytes, type: 'image/jpeg', width: SCREEN.width, height, isMarked, boxes }
    }
  }
  throw new NotDrawn('too_much')
}

async function within<T>(work: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NotDrawn('late')), ms)
  })
  work.catch(() => {})
  return Promise.race([work, late]).finally(() => clearTimeout(timer))
}

function reasonOf(error: unknown, gate: Gate): RenderReason {
  const { isOver, refused, requests } = gate.counts()
  if (error instanceof NotDrawn && error.reason === 'not_open') {
    if (isOver) return 'too_much'
    return refused > 0 && refused === requests ? 'refused' : 'not_open'
  }
  if (error instanceof NotDrawn) return error.reason
  return /crash|closed|Target/i.test(String(error)) ? 'crashed' : 'not_open'
}
