import type { ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SECOND } from '../../../shared/base/time.ts'
import { endProgram, firstMessage, spawnProgram } from '../../base/spawn.ts'
import { descendantsOf, heldBy, killAll, WATCH_MS } from './browser/memory.ts'
import { BROKEN_OFF, type DrawAnswer, type DrawOrder, type FromDrawer, type Setup } from './browser/order.ts'

/** Beyond what a page may take: so long a whole process may take to say so, and no longer. */
const PATIENCE_MS = 15 * SECOND
const END_MS = 4 * SECOND
/** Tried again over eleven seconds: the browser of one that was killed alone ends a little later, and writes to its folder until then. */
const REMOVAL = { recursive: true, force: true, maxRetries: 10, retryDelay: 200 } as const

interface Child {
  readonly process: ChildProcess
  readonly folder: string
  readonly waiting: Map<number, (answer: DrawAnswer) => void>
  /** The next page has another. */
  readonly leave: () => void
}

const MB = 1024 * 1024

/**
 * The process that draws, as the server sees it: started with the first page, ended when there is none, and ended and renewed
 * when it does not answer or holds too much. Pages that it was drawing then are broken off, and nothing else.
 */
export class Drawing {
  readonly #setup: Setup
  #child: Promise<Child> | null = null
  /** Those that hold too much themselves, until the pages are done that they have begun. */
  readonly #retiring = new Set<Child>()
  #held = 0

  constructor(setup: Setup) {
    this.#setup = setup
  }

  /** What the process and its browser held after the last page, each shared part counted once, bytes; 0 while there is none. */
  get held(): number {
    return this.#child === null ? 0 : this.#held
  }

  /** Starts the process, if there is none. @throws why none can be started here */
  async start(): Promise<void> {
    await this.#enter()
  }

  /**
   * Draws a page; whatever becomes of it is an answer.
   * @throws why no process can be started here
   */
  async draw(order: DrawOrder): Promise<DrawAnswer> {
    const child = await this.#enter()
    return new Promise((resolve) => {
      const late = setTimeout(() => kill(child), this.#setup.limits.pageMs + PATIENCE_MS)
      child.waiting.set(order.id, (answer) => {
        clearTimeout(late)
        child.waiting.delete(order.id)
        resolve(answer)
      })
      child.process.send({ draw: order }, (error) => {
        if (error) child.waiting.get(order.id)?.(BROKEN_OFF)
      })
    })
  }

  /** Ends the process; pages that it is drawing are broken off. */
  async close(): Promise<void> {
    const child = await this.#child?.catch(() => null)
    this.#child = null
    await Promise.all([...(child ? [child] : []), ...this.#retiring].map(end))
  }

  #enter(): Promise<Child> {
    if (this.#child !== null) return this.#child
    const own: Promise<Child> = this.#spawn(() => leave())
    // Where another has taken its place meanwhile, that one stays.
    const leave = () => {
      if (this.#child === own) this.#child = null
    }
    own.catch(leave)
    this.#child = own
    return own
  }

  async #spawn(leave: () => void): Promise<Child> {
    const folder = await mkdtemp(join(tmpdir(), 'siteward-render-'))
    const process = spawnProgram('render', {
      ...{ RENDER_SETUP: JSON.stringify(this.#setup), TMPDIR: folder },
      // A picture has waited for its page, and waits for no font whose host does not answer: pages of many offices have one.
      PW_TEST_SCREENSHOT_NO_FONTS_READY: '1',
    })
    const child: Child = { process, folder, waiting: new Map(), leave }
    process.once('exit', () => {
      leave()
      this.#retiring.delete(child)
      for (const done of [...child.waiting.values()]) done(BROKEN_OFF)
      void rm(folder, REMOVAL).catch(() => {})
    })
    await firstMessage(process)
    process.on('message', (message: FromDrawer) => {
      if (!('id' in message)) return
      this.#held = message.held
      child.waiting.get(message.id)?.(message.answer)
      if (message.own > this.#setup.limits.maxDrawerMemoryMb * MB) {
        // What a page has said to it stays in its memory: the next page has another.
        leave()
        this.#retiring.add(child)
      }
      if (this.#retiring.has(child) && child.waiting.size === 0) void end(child)
    })
    // A page can say more to it than it comes to answer for.
    const watch = setInterval(() => {
      if (heldOf(child) > this.#setup.limits.maxDrawerPeakMb * MB) kill(child)
    }, WATCH_MS)
    process.once('exit', () => clearInterval(watch))
    return child
  }
}

/** At once, with everything below it. Where another has taken its place, that one stays. */
function kill(child: Child): void {
  child.leave()
  const { pid } = child.process
  killAll([...belowOf(child), ...(pid === undefined ? [] : [pid])])
}

async function end(child: Child): Promise<void> {
  const below = belowOf(child)
  await endProgram(child.process, END_MS)
  killAll(below)
}

/** What the process alone holds, bytes. */
const heldOf = ({ process: { pid } }: Child): number =>
  heldBy(pid === undefined ? [] : [pid]).reduce((sum, { rss }) => sum + rss, 0)

const belowOf = ({ process: { pid } }: Child): number[] => (pid === undefined ? [] : descendantsOf(pid))
