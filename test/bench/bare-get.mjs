import http from 'node:http'
import https from 'node:https'

/*
 * The least that a visit can cost in Node: GET over a new connection, body read and thrown away. Gets the pages
 * by message, answers with the CPU that the loop used; a process of its own, so that nothing else counts.
 */

const AT_ONCE = 8
const TIMEOUT_MS = 3_000

process.once('message', async ({ pages }) => {
  await Promise.all(pages.slice(0, AT_ONCE).map((page) => get(page)))
  const before = process.cpuUsage()
  let next = 0
  let done = 0
  const worker = async () => {
    while (next < pages.length) {
      const page = pages[next++]
      if (await get(page)) done += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  const { user, system } = process.cpuUsage(before)
  process.send({ done, cpuMs: (user + system) / 1000 })
  process.disconnect()
})

function get(address) {
  const url = new URL(address)
  const isTls = url.protocol === 'https:'
  const options = {
    host: '127.0.0.1',
    port: url.port,
    path: url.pathname,
    headers: { host: url.host },
    agent: false,
    servername: url.hostname,
    rejectUnauthorized: false,
    timeout: TIMEOUT_MS,
  }
  return new Promise((resolve) => {
    const request = (isTls ? https : http).get(options, (answer) => {
      answer.on('end', () => resolve(true)).on('error', () => resolve(false))
      answer.resume()
    })
    request.on('timeout', () => request.destroy()).on('error', () => resolve(false))
  })
}
