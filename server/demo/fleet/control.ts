import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { z } from 'zod'
import type { DemoSite } from '../cast/register.ts'
import { BREAKS, type Director, type Override } from './director.ts'
import { OUTAGE_KINDS, type OutageKind } from './outages.ts'

export interface ControlParts {
  readonly director: Director
  readonly sites: readonly DemoSite[]
  readonly now: () => number
  /** The line has been cut: connections that are open must go. */
  readonly onCut: () => void
}

const BREAK_KINDS = [...(Object.keys(BREAKS) as (keyof typeof BREAKS)[]), 'stale', ...OUTAGE_KINDS] as const
const breakRequest = z.object({ code: z.string(), kind: z.enum(BREAK_KINDS) })
const healRequest = z.object({ code: z.string() })
/** What a home page says of the site's end; null: nothing. */
const noticeRequest = z.object({ code: z.string(), text: z.string().max(500).nullable() })
const lineRequest = z.object({ down: z.boolean() })

const MAX_BODY = 4_096

/** A request that cannot be carried out, with the status that says why. */
class Refused extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/**
 * The operator's door of the demo fleet. `POST /__fleet/break {code, kind}`, `/__fleet/heal {code}`,
 * `/__fleet/notice {code, text}`, `/__fleet/line {down}`, `GET /__fleet/state`; all answer with the state. It must listen on loopback only; that
 * requests have to be JSON keeps out web pages that a browser on this machine may have open.
 */
export function createControl(parts: ControlParts): Server {
  return createServer((request, response) => {
    handle(parts, request)
      .catch((error: unknown) => answerTo(error))
      .then(({ status, body }) => reply(response, status, body))
      .catch(() => response.destroy())
  })
}

async function handle(parts: ControlParts, request: IncomingMessage): Promise<Reply> {
  const path = request.url?.replace(/\?.*$/, '')
  if (request.method === 'POST') command(parts, path, await readJson(request))
  else if (request.method !== 'GET' || path !== '/__fleet/state') throw new Refused(404, 'Not found.')
  return { status: 200, body: stateOf(parts.director) }
}

interface Reply {
  readonly status: number
  readonly body: unknown
}

function command(
  { director, sites, now, onCut }: ControlParts,
  path: string | undefined,
  body: unknown,
): void {
  if (path === '/__fleet/break') {
    const { code, kind } = parsed(breakRequest, body)
    breakSite(director, siteOf(sites, code), kind, now())
  } else if (path === '/__fleet/heal') {
    director.heal(siteOf(sites, parsed(healRequest, body).code).code, now())
  } else if (path === '/__fleet/notice') {
    const { code, text } = parsed(noticeRequest, body)
    director.announce(siteOf(sites, code).code, text)
  } else if (path === '/__fleet/line') {
    director.isLineDown = parsed(lineRequest, body).down
    if (director.isLineDown) onCut()
  } else throw new Refused(404, 'Not found.')
}

function breakSite(
  director: Director,
  site: DemoSite,
  kind: (typeof BREAK_KINDS)[number],
  nowMs: number,
): void {
  if (kind === 'stale') {
    director.makeStale(site.code, nowMs)
    return
  }
  const outage: OutageKind = kind in BREAKS ? BREAKS[kind as keyof typeof BREAKS] : (kind as OutageKind)
  if (outage.startsWith('tls_') && site.scheme === 'http') {
    throw new Refused(400, `${site.code} has no certificate to break: it is served over plain HTTP.`)
  }
  director.breakDown(site.code, outage)
}

function siteOf(sites: readonly DemoSite[], code: string): DemoSite {
  const site = sites.find((candidate) => candidate.code === code)
  if (!site) throw new Refused(404, `No site of the fleet has the code ${code}.`)
  return site
}

function parsed<T>(schema: z.ZodType<T>, body: unknown): T {
  const result = schema.safeParse(body)
  if (!result.success) throw new Refused(400, z.prettifyError(result.error))
  return result.data
}

function stateOf({ isLineDown, overrides }: Director): unknown {
  return {
    line: isLineDown ? 'down' : 'up',
    overrides: [...overrides].map(([code, override]) => ({ code, kind: kindOf(override) })),
  }
}

function kindOf(override: Override): string {
  return override.kind === 'outage' ? override.outage : override.kind
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json')) {
    throw new Refused(415, 'The body must be application/json.')
  }
  let text = ''
  for await (const chunk of request) {
    text += chunk
    if (text.length > MAX_BODY) throw new Refused(413, 'The body is too long.')
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new Refused(400, 'The body is not JSON.')
  }
}

function answerTo(error: unknown): Reply {
  if (error instanceof Refused) return { status: error.status, body: { error: error.message } }
  return { status: 500, body: { error: 'The request could not be read.' } }
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
