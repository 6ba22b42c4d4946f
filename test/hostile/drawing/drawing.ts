import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { descendantsOf, heldBy, killAll } from '../../../server/monitor/rendering/browser/memory.ts'
import type { DrawAnswer } from '../../../server/monitor/rendering/browser/order.ts'
import { Drawing } from '../../../server/monitor/rendering/drawing.ts'
import { RENDERING } from '../../../shared/monitor/rendering/rendering-rules.ts'
import { atMost, type Figure, told } from '../../bench/figure.ts'
import { packagedChromium } from '../../browser/launch.ts'
import { HOSTILE, hostileSite } from '../../monitor/rendering/pages.ts'
import { temporaryFolder } from '../../support/product/product.ts'
import type { HostileOptions } from '../part.ts'
import { GREEDY } from './greedy-pages.ts'

const MB = 2 ** 20
/** A machine that has no more than this is not brought down. */
const MOST_MB = 1_800

interface Drawn {
  readonly name: string
  readonly failed: string | null
  readonly ms: number
}

/** Pages that are made to harm whoever draws them, each beside one that is well. */
export async function hostileDrawing({ say }: HostileOptions): Promise<Figure[]> {
  const udp = createSocket('udp4')
  let datagrams = 0
  udp.on('message', () => datagrams++)
  udp.bind(0, '127.0.0.1')
  await once(udp, 'listening')
  const site = await hostileSite({ ...HOSTILE, ...GREEDY }, udp.address().port)
  const [folder, temporary] = [temporaryFolder(), temporaryFolder()]
  const before = process.env.TMPDIR
  process.env.TMPDIR = temporary
  const drawing = new Drawing({
    ...{ chromium: { path: process.env.CHROMIUM_PATH ?? (await packagedChromium()) } },
    ...{ folder, userAgent: 'Siteward', zone: 'Asia/Shanghai', allowAddresses: [] },
    ...{ hosts: { 'rebinding.test': '127.0.0.1' }, demoHosts: [`*.localhost:${site.port}`] },
    limits: { ...RENDERING, pageMs: 12_000, settleMs: 4_000 },
  })
  const memory = new MemoryWatch()
  let id = 0
  const draw = (name: string): Promise<DrawAnswer> =>
    drawing.draw({
      ...{ id: ++id, url: `http://a.localhost:${site.port}/${name}`, demo: true, wantsHtml: true },
      picture: { mark: { text: '2026' }, isWhole: true, today: '2026-03-10' },
    })
  const isDrawn = (answer: DrawAnswer) =>
    'html' in answer && Buffer.from(answer.html ?? []).includes('2026-03-01')
  const drawn: Drawn[] = []
  let [lost, forGood] = [0, 0]
  try {
    for (const name of Object.keys({ ...HOSTILE, ...GREEDY })) {
      const began = performance.now()
      const [answer, beside] = await Promise.all([draw(name), draw('list')])
      const failed = 'failed' in answer ? answer.failed : null
      drawn.push({ name, failed, ms: performance.now() - began })
      if (!isDrawn(beside)) {
        lost++
        // As the product does: a page that was broken off is drawn again.
        if (!isDrawn(await draw('list'))) forGood++
      }
      say(`${name}: ${failed ?? 'drawn'}, ${memory.peak} MB${isDrawn(beside) ? '' : ', ITS NEIGHBOUR LOST'}`)
      memory.next()
    }
    const killed = await afterKill(draw)
    await drawing.close()
    await settled()
    const left = heldBy(descendantsOf(process.pid)).filter(({ command }) => /chrom/i.test(command)).length
    return [
      told('hostile pages drawn, each beside another', drawn.length, ''),
      atMost('… requests that reached an inner address', site.trapped.length + datagrams, 0, ''),
      atMost('… longest', Math.max(...drawn.map(({ ms }) => ms)), 30_000, 'ms'),
      told('… pages beside them that had to be drawn again', lost, ''),
      atMost('… and were not drawn then', forGood, 0, ''),
      atMost('… most memory of all', memory.most, MOST_MB, 'MB'),
      atMost('… processes left where who draws was killed', killed, 0, ''),
      atMost('… processes left at the end', left, 0, ''),
      atMost('… folders left at the end', ours(temporary).length, 0, ''),
    ]
  } finally {
    memory.stop()
    await drawing.close()
    site.close()
    udp.close()
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
  }
}

/** Not what programs from source bring. */
const ours = (folder: string) => readdirSync(folder).filter((name) => name.startsWith('siteward-'))

const settled = () => new Promise((resolve) => setTimeout(resolve, 3_000))

/** The process that draws is killed, and nothing else: what it started ends by itself. @returns how many do not */
async function afterKill(draw: (name: string) => Promise<DrawAnswer>): Promise<number> {
  const all = descendantsOf(process.pid)
  await draw('list')
  const drawer = heldBy(descendantsOf(process.pid)).find(({ command }) => !/chrom/i.test(command))
  const below = drawer ? descendantsOf(drawer.pid) : all
  const loop = draw('loop')
  killAll(drawer ? [drawer.pid] : [])
  await loop
  await settled()
  await draw('list')
  return heldBy(below).length
}

/** What this process's children hold that nobody else does, looked at all the time. */
class MemoryWatch {
  peak = 0
  most = 0
  readonly #timer = setInterval(() => this.#look(), 100)

  #look(): void {
    const own = heldBy(descendantsOf(process.pid)).reduce((sum, one) => sum + one.own, 0)
    this.peak = Math.max(this.peak, Math.round(own / MB))
    this.most = Math.max(this.most, this.peak)
  }

  next(): void {
    this.peak = 0
  }

  stop(): void {
    clearInterval(this.#timer)
  }
}
