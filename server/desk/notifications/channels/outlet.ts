import { readFileSync } from 'node:fs'
import http, { type IncomingMessage } from 'node:http'
import https from 'node:https'
import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import type { Config } from '../../../base/config.ts'
import { createResolver } from '../../../monitor/visit/net/dns.ts'
import { createGuard } from '../../../monitor/visit/net/guard.ts'

/** An endpoint that has not answered by then does not answer. */
export const ANSWER_MS = 10_000
const MAX_ANSWER = 64 * 1024

/** The way out: names and addresses are looked up and guarded as those of visits are. */
export interface Outlet {
  /** @throws Unreachable */
  addressOf(hostname: string, port: number): Promise<string>
  readonly ca: string[] | undefined
  readonly userAgent: string
  readonly answerMs: number
}

/** Why nothing was sent, as a code. */
export class Unreachable extends Error {}

export function createOutlet(
  config: Pick<Config, 'allowAddresses' | 'hosts' | 'extraCaFile' | 'userAgent'>,
  answerMs = ANSWER_MS,
): Outlet {
  const resolve = createResolver({ hosts: config.hosts, elapsedMs: () => performance.now() })
  const isAllowed = createGuard({ allowAddresses: config.allowAddresses, allowHosts: [] })
  return {
    ca: config.extraCaFile ? [...rootCertificates, readFileSync(config.extraCaFile, 'utf8')] : undefined,
    userAgent: config.userAgent,
    answerMs,
    async addressOf(hostname, port) {
      const found = await resolve(hostname)
      if ('cause' in found) throw new Unreachable(found.cause)
      const allowed = found.addresses.find(({ address }) => isAllowed(hostname, port, address))
      if (!allowed) throw new Unreachable('refused_address')
      return allowed.address
    },
  }
}

export interface Posted {
  readonly status: number
  readonly text: string
  /** Seconds that the endpoint asked to wait, as it wrote it. */
  readonly retryAfter: string | undefined
}

/**
 * Posts JSON. Redirects are not followed: what is sent is for the address that was written down.
 * @throws Unreachable when nothing answers in time, or the address may not be reached.
 */
export async function postJson(
  line: Outlet,
  url: URL,
  body: string,
  headers: Record<string, string> = {},
): Promise<Posted> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const isSecure = url.protocol === 'https:'
  const port = Number(url.port) || (isSecure ? 443 : 80)
  const signal = AbortSignal.timeout(line.answerMs)
  try {
    const address = await line.addressOf(hostname, port)
    return await new Promise<Posted>((resolve, reject) => {
      const options = {
        host: address,
        port,
        path: url.pathname + url.search,
        method: 'POST',
        signal,
        agent: false as const,
        headers: {
          host: url.host,
          'user-agent': line.userAgent,
          'content-type': 'application/json; charset=utf-8',
          'content-length': String(Buffer.byteLength(body)),
          ...headers,
        },
      }
      const answered = (answer: IncomingMessage) => read(answer).then(resolve, reject)
      const secure = { servername: isIP(hostname) ? '' : hostname, ...(line.ca && { ca: line.ca }) }
      const request = isSecure
        ? https.request({ ...options, ...secure }, answered)
        : http.request(options, answered)
      request.on('error', reject)
      request.end(body)
    })
  } catch (error) {
    throw signal.aborted ? new Unreachable('timeout') : unreachable(error)
  }
}

async function read(answer: IncomingMessage): Promise<Posted> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > MAX_ANSWER) break
    chunks.push(chunk)
  }
  return {
    status: answer.statusCode ?? 0,
    text: Buffer.concat(chunks).toString('utf8'),
    retryAfter: answer.headers['retry-after'],
  }
}

function unreachable(error: unknown): Unreachable {
  if (error instanceof Unreachable) return error
  const { code, message } = error as NodeJS.ErrnoException
  return new Unreachable(code ?? message)
}
