import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import { createProber } from '../../server/monitor/visit/visit.ts'

export interface BenchLine {
  name: string
  /** Milliseconds of CPU for each visit, or a ratio of two of them. */
  value: number
  target: number | null
}

/** As the home page of a real site: 37 KB and the fields that go with it. In a process of its own, whose CPU does not count. */
const SERVER = `
  const page = Buffer.alloc(37000, '<li><a href="/gzdt/201510/t1.html">公告</a><span>2015-10-01</span></li>\\n')
  const fields = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Length': page.length, Server: 'nginx',
    'Last-Modified': 'Thu, 01 Oct 2015 00:00:00 GMT', ETag: '"abc"', 'X-Frame-Options': 'SAMEORIGIN' }
  const server = require('node:http').createServer((request, response) => response.writeHead(200, fields).end(page))
  server.listen(0, '127.0.0.1', () => process.stdout.write(String(server.address().port)))
`
const VISITS = 1500
const ROUNDS = 5
const AT_ONCE = 8

async function startServer(): Promise<{ child: ChildProcess; port: number }> {
  const child = spawn(process.execPath, ['-e', SERVER], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [port] = await once(child.stdout!, 'data')
  return { child, port: Number(port) }
}

function bareGet(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    http
      .get({ host: '127.0.0.1', port, agent: false }, (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('end', () => {
          Buffer.concat(chunks)
          resolve()
        })
      })
      .on('error', reject)
  })
}

/** Milliseconds of CPU that this process spends on one call, kernel time included. */
async function cpuOf(visit: () => Promise<unknown>): Promise<number> {
  let left = VISITS
  const before = process.cpuUsage()
  const worker = async () => {
    while (left-- > 0) await visit()
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / VISITS
}

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN

/** A whole visit against the bare GET loop of Node, turn and turn about in one process. */
export async function benchProbe(): Promise<BenchLine[]> {
  const { child, port } = await startServer()
  const prober = createProber({ userAgent: 'bench', allowHosts: [`*.localhost:${port}`] })
  const url = `http://bench.localhost:${port}/`
  const visit = async () => {
    const { result } = await prober.visit({ url })
    if (result.outcome !== 'ok') throw new Error(`the visit failed: ${result.cause}`)
  }
  const bare: number[] = []
  const probe: number[] = []
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = [await cpuOf(() => bareGet(port)), await cpuOf(visit)] as const
    if (round === 0) continue // The first warms the compiler up.
    bare.push(pair[0])
    probe.push(pair[1])
  }
  child.kill()
  const [bareMs, probeMs] = [median(bare), median(probe)]
  return [
    { name: 'bare GET of 37 KB, ms CPU', value: bareMs, target: null },
    { name: 'visit of 37 KB, ms CPU', value: probeMs, target: null },
    { name: 'visit / bare GET', value: probeMs / bareMs, target: 1.2 },
  ]
}
