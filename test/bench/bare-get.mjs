import http from 'node:http'
import https from 'node:https'

/*
 * The least that a visit can cost in Node: GET over a new connection, body read and thrown away. Gets the pages
 * by message, and how many in a second if they are to be spread; answers with the CPU that the loop used. A process of its
 * own, so that nothing else counts.
 */

const AT_ONCE = 8
const TIMEOUT_MS = 3_000
const PACE_MS = 20

process.once('message', async ({ pages, perS }) => {
  await Promise.all(pages.slice(0, AT_ONCE).map((page) => get(page)))
  const before = process.cpuUsage()
  const done = await (perS ? atPace(pages, perS) : asFastAsItGoes(pages))
  const { user, system } = process.cpuUsage(before)
  process.send({ done, cpuMs: (user + system) / 1000 })
  process.disconnect()
})

async function asFastAsItGoes(pages) {
  let next = 0
  let done = 0
  const worker = async () => {
    while (next < pages.length) {
      const page = pages[next++]
      if (await get(page)) done += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return done
}

/** So many in a second, whether or not those before have answered. */
async function atPace(pages, perS) {
  const began = performance.now()
  const gets = []
  while (gets.length < pages.length) {
    const due = Math.min(pages.length, ((performance.now() - began) / 1000) * perS)
    while (gets.length < due) gets.push(get(pages[gets.length]))
    await new Promise((resolve) => setTimeout(resolve, PACE_MS))
  }
  return (await Promise.all(gets)).filter(Boolean).length
}

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
