import { type ChildProcess, spawn } from 'node:child_process'
import { loadavg } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { atMost, type Figure, percentile, told } from '../../bench/figure.ts'
import { memoryMb } from '../../bench/process.ts'
import { type Product, startProduct } from '../../support/product/product.ts'
import { type Watcher, watch } from '../../support/product/watcher.ts'
import type { Session } from '../../support/session.ts'
import { until } from '../../support/until.ts'
import type { HostilePart } from '../part.ts'
import type { Target } from './attackers.ts'

const GOOD = 50
const COUNT = 1_000
const FACTS = 40
const EVERY_MS = 500

/** What good browsers felt, and what the server took, while others attacked its sockets. */
export interface SocketsResult {
  /** Ms from the request that made a fact until each good browser had it. */
  readonly times: readonly number[]
  readonly restMb: number
  readonly mostMb: number
  readonly complaints: readonly string[]
  readonly lost: number
  /** Ms from a new good browser's first byte to its board, in the midst of it. */
  readonly joinMs: readonly number[]
}

/** `count` hostile sockets beside 50 good browsers, which wait for facts all the while. */
export const hostileSockets: HostilePart = async ({ count = COUNT, say }) => {
  const product = await startProduct({ entry: 'server/start.mjs' })
  try {
    await product.ready(180_000)
    await pause(20_000)
    say(`${count} attackers beside ${GOOD} browsers`)
    const result = await besideAttackers(product, { count, good: GOOD, facts: FACTS })
    return figuresOf(result, count)
  } finally {
    await product.kill()
  }
}

function figuresOf(
  { times, restMb, mostMb, complaints, lost, joinMs }: SocketsResult,
  count: number,
): Figure[] {
  const name = `${count} hostile sockets beside ${GOOD} browsers`
  return [
    atMost(`${name}: a fact, p95`, percentile(times, 0.95), 300, 'ms'),
    told('… median', percentile(times, 0.5), 'ms'),
    told('… the slowest', Math.max(...times), 'ms'),
    atMost('… facts that did not come, or not as agreed', lost + complaints.length, 0, ''),
    told('… a new browser to its board, the slowest', Math.max(...joinMs), 'ms'),
    atMost('… memory above rest', mostMb - restMb, 200, 'MB'),
    told('… memory at rest', restMb, 'MB'),
    told('load of the machine', loadavg()[0] ?? 0, '', 1),
  ]
}

/** Attacks a running product, and measures what good browsers hear meanwhile. */
export async function besideAttackers(
  product: Product,
  { count, good, facts }: { count: number; good: number; facts: number },
): Promise<SocketsResult> {
  const duty = await product.signIn('duty')
  const viewer = await product.signIn('viewer')
  const browsers: Watcher[] = []
  for (let n = 0; n < good; n++) browsers.push(await watch(duty))
  const restMb = memoryMb(product.pid).rss
  let mostMb = restMb
  const sampling = setInterval(() => {
    mostMb = Math.max(mostMb, memoryMb(product.pid).rss)
  }, 200)
  const attackers = await startAttackers({ port: product.port, cookie: viewer.cookie, count })
  const times: number[] = []
  const joinMs: number[] = []
  let lost = 0
  try {
    const alertId = await anAlert(duty)
    for (let n = 0; n < facts; n++) {
      await pause(EVERY_MS)
      const heard = await timeToHear(duty, alertId, `第 ${n} 条`, browsers)
      lost += browsers.length - heard.length
      times.push(...heard)
      if (n % 10 === 5) joinMs.push(await timeToJoin(duty))
    }
  } finally {
    attackers.kill('SIGKILL')
    clearInterval(sampling)
    for (const browser of browsers) browser.close()
  }
  return { times, restMb, mostMb, lost, joinMs, complaints: browsers.flatMap((one) => one.complaints) }
}

async function anAlert(duty: Session): Promise<number> {
  return until('an alert is there', async () => {
    const { items } = await duty.call('alerts', { query: { limit: 1 } })
    return items[0]?.id
  })
}

/** Comments on an alert. @returns for each browser that heard of it, how long that took (ms) */
async function timeToHear(
  duty: Session,
  id: number,
  text: string,
  browsers: readonly Watcher[],
): Promise<number[]> {
  const began = performance.now()
  const heard = browsers.map((browser) => hearing(browser, text))
  await duty.call('commentAlert', { params: { id }, body: { text } })
  const ends = await Promise.all(heard)
  return ends.filter((end) => end !== null).map((end) => end - began)
}

function hearing({ socket }: Watcher, text: string): Promise<number | null> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => end(null), 10_000)
    const listen = (facts: { data: object }[]) => {
      if (facts.some(({ data }) => 'text' in data && data.text === text)) end(performance.now())
    }
    const end = (at: number | null) => {
      clearTimeout(timer)
      socket.off('facts', listen)
      resolve(at)
    }
    socket.on('facts', listen)
  })
}

async function timeToJoin(duty: Session): Promise<number> {
  const began = performance.now()
  const browser = await watch(duty)
  browser.close()
  return performance.now() - began
}

async function startAttackers(target: Target): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./attack.mjs', import.meta.url))
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  await heard(child, 'ready')
  child.send(target)
  await heard(child, 'open')
  return child
}

function heard(child: ChildProcess, word: string): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('exit', () => reject(new Error('the attackers have ended')))
    child.on('message', (message) => {
      if (typeof message === 'object' && message !== null && word in message) resolve()
    })
  })
}
