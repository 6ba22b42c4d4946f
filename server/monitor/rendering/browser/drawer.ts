import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'
import { MINUTE } from '../../../../shared/base/time.ts'
import { createResolver } from '../../visit/net/dns.ts'
import { createGuard, type Guard } from '../../visit/net/guard.ts'
import { chromiumPath } from './chromium.ts'
import { draw } from './draw.ts'
import { fontsFile } from './fonts.ts'
import { openGate } from './gate.ts'
import { descendantsOf, heldBy, killAll, sharedOut, WATCH_MS } from './memory.ts'
import { BROKEN_OFF, type DrawAnswer, type DrawOrder, type Setup } from './order.ts'

const MB = 1024 * 1024
const START_MS = 30_000
const END_MS = 3_000

const FLAGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-notifications',
  '--disable-speech-api',
  '--mute-audio',
  '--block-new-web-contents',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
  // Names are looked up by our own proxy alone, and whatever would go around it leads nowhere.
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
  '--js-flags=--max-old-space-size=256',
]
/** What makes tests comfortable, and pages too. */
const NOT_WANTED = ['--disable-popup-blocking', '--disable-ipc-flooding-protection']

/** A browser that is running, with the folder that it writes into. */
interface House {
  readonly browser: Browser
  /** Its first process; null where the machine does not say. */
  readonly pid: number | null
  readonly sinceMs: number
  readonly folder: string
  pages: number
  /** Pages that it draws now. */
  busy: number
  /** No page is begun in it any more. */
  isClosing: boolean
}

/**
 * Draws pages with one browser, which is renewed when it has drawn so many, or for so long, or holds too much, or does not let go
 * of one. A page that takes too much memory has its process ended.
 */
export class Drawer {
  readonly #setup: Setup
  readonly #elapsedMs: () => number
  readonly #resolve: ReturnType<typeof createResolver>
  readonly #guards: { readonly usual: Guard; readonly demo: Guard }
  #house: Promise<House> | null = null
  #watch: NodeJS.Timeout | null = null
  /** Ended for what they held: processes of one page, and browsers with several in them. */
  #memoryKills = 0
  #sharedKills = 0
  #held = 0
  /** Pages that are being drawn. */
  #drawing = 0

  constructor(setup: Setup, elapsedMs: () => number) {
    this.#setup = setup
    this.#elapsedMs = elapsedMs
    this.#resolve = createResolver({ hosts: setup.hosts, elapsedMs })
    this.#guards = {
      usual: createGuard({ allowAddresses: setup.allowAddresses, allowHosts: [] }),
      demo: createGuard({ allowAddresses: [], allowHosts: setup.demoHosts }),
    }
  }

  /** Starts a browser, so that it is known whether one can be started. @returns its version. @throws why not */
  async start(): Promise<string> {
    return (await this.#enter()).browser.version()
  }

  /** What this process and its browser held after the last page, each shared part counted once, bytes. */
  get held(): number {
    return this.#held
  }

  /** Draws one page; never throws. */
  async draw(order: DrawOrder): Promise<DrawAnswer> {
    const house = await this.#enter().catch(() => null)
    if (!house) return BROKEN_OFF
    // From now on nobody ends it.
    house.busy++
    this.#drawing++
    house.pages++
    try {
      return await this.#drawIn(house, order).catch(() => BROKEN_OFF)
    } finally {
      house.busy--
      this.#drawing--
      await this.#leave(house)
    }
  }

  /** @throws where the machine has no port left for its way out */
  async #drawIn(house: House, order: DrawOrder): Promise<DrawAnswer> {
    const { limits, userAgent, zone } = this.#setup
    const gate = await openGate({
      resolve: this.#resolve,
      isAllowed: order.demo ? this.#guards.demo : this.#guards.usual,
      maxBytes: limits.maxBytes,
      maxRequests: limits.maxRequests,
    })
    const [memoryKills, sharedKills] = [this.#memoryKills, this.#sharedKills]
    try {
      const parts = { browser: house.browser, gate, limits, userAgent, zone, elapsedMs: this.#elapsedMs }
      const { answer, isStuck } = await draw(parts, order)
      if (isStuck) house.isClosing = true
      if (!('failed' in answer) || answer.failed !== 'crashed') return answer
      // Of several pages in a browser nobody knows whose it was: each is drawn again.
      if (this.#sharedKills > sharedKills) return { ...answer, failed: 'broken_off' }
      return this.#memoryKills > memoryKills ? { ...answer, failed: 'memory' } : answer
    } finally {
      await gate.close()
    }
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    if (this.#watch) clearInterval(this.#watch)
    const house = await this.#house?.catch(() => null)
    if (house) await end(house)
  }

  async #enter(): Promise<House> {
    const asked = this.#house
    const known = await asked?.catch(() => null)
    if (known && !known.isClosing && known.browser.isConnected()) return known
    // Of several that wait the first opens another for all.
    if (this.#house === asked || this.#house === null) this.#house = this.#open()
    return this.#house
  }

  async #open(): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), 'siteward-render-'))
    try {
      const executablePath = await chromiumPath(this.#setup.chromium, this.#setup.folder)
      const before = new Set(descendantsOf(process.pid))
      // Without it a picture shows boxes, and a page is read as well.
      const fonts = await fontsFile(this.#setup.folder).catch(() => null)
      const browser = await launch(executablePath, folder, fonts)
      const pid = descendantsOf(process.pid).find((one) => !before.has(one)) ?? null
      this.#watch ??= setInterval(() => this.#look(), WATCH_MS)
      return { browser, pid, folder, sinceMs: this.#elapsedMs(), pages: 0, busy: 0, isClosing: false }
    } catch (error) {
      await rm(folder, { recursive: true, force: true })
      throw error
    }
  }

  async #leave(house: House): Promise<void> {
    const { renewPages, renewMinutes, maxPoolMemoryMb } = this.#setup.limits
    this.#held = sharedOut(process.pid)
    house.isClosing ||=
      !house.browser.isConnected() ||
      house.pages >= renewPages ||
      this.#elapsedMs() - house.sinceMs >= renewMinutes * MINUTE ||
      this.#held > maxPoolMemoryMb * MB
    if (house.isClosing && house.busy === 0) await end(house)
  }

  /**
   * Ends the process of a page that takes too much, and the browser where all of it together does: what a page has put away (files
   * of its own making, a database, pictures) others of its processes hold.
   */
  #look(): void {
    if (this.#drawing === 0) return
    const { maxPageMemoryMb, maxAllMemoryMb } = this.#setup.limits
    const all = heldBy(descendantsOf(process.pid))
    if (all.reduce((sum, { own }) => sum + own, 0) > maxAllMemoryMb * MB) {
      if (this.#drawing > 1) this.#sharedKills++
      else this.#memoryKills++
      killAll(all.map(({ pid }) => pid))
      return
    }
    for (const { pid, rss, command } of all) {
      if (rss <= maxPageMemoryMb * MB || !command.includes('--type=renderer')) continue
      this.#memoryKills++
      killAll([pid])
    }
  }
}

/** Without a sandbox of Chromium's own only where it cannot have one: as root, or where the system does not let it. */
async function launch(executablePath: string, folder: string, fonts: string | null): Promise<Browser> {
  const start = (chromiumSandbox: boolean) =>
    chromium.launch({
      executablePath,
      chromiumSandbox,
      args: FLAGS,
      ignoreDefaultArgs: NOT_WANTED,
      timeout: START_MS,
      // Nothing of the server's own, its secrets least of all.
      env: {
        ...{ PATH: process.env.PATH ?? '', HOME: folder, TMPDIR: folder, LANG: 'zh_CN.UTF-8' },
        ...(fonts !== null && { FONTCONFIG_FILE: fonts }),
      },
      // Whatever is asked for outside a page's own context leads nowhere.
      proxy: { server: 'http://127.0.0.1:9' },
      handleSIGHUP: false,
      handleSIGINT: false,
      handleSIGTERM: false,
    })
  if (process.getuid?.() === 0) return start(false)
  return start(true).catch(() => start(false))
}

async function end({ browser, pid, folder }: House): Promise<void> {
  const late = setTimeout(() => killAll(pid === null ? [] : [pid, ...descendantsOf(pid)]), END_MS)
  await browser.close().catch(() => {})
  clearTimeout(late)
  await rm(folder, { recursive: true, force: true }).catch(() => {})
}
