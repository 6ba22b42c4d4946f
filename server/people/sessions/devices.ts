import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Response } from 'express'
import { DAY } from '../../../shared/base/time.ts'
import type { Context } from '../../base/context.ts'
import { sessionSecret } from '../requests/session.ts'

export const DEVICE_COOKIE = 'siteward.device'
const KNOWN_MS = 180 * DAY
/** A duty room's machine knows whole shifts; the longest unused names go first. */
const MAX_NAMES = 16

/** What the cookie says: a number for the device, and a mark for each name that has signed in on it. */
interface Device {
  readonly id: string
  readonly marks: readonly string[]
}

/**
 * Which names have signed in on which browser before, kept by the browser in a signed cookie. It lets nobody in; it
 * counts wrong passwords of a known device apart from those of the strangers behind the same address.
 */
export interface Devices {
  /** The device, if `username` has signed in on it before. */
  known(req: IncomingMessage, username: string): Promise<string | null>
  /** Notes that `username` has signed in here. */
  remember(req: IncomingMessage, res: Response, username: string): Promise<void>
}

export function createDevices(ctx: Pick<Context, 'db' | 'clock' | 'config'>): Devices {
  let key: Promise<string> | undefined
  const sign = async (text: string) => {
    key ??= sessionSecret(ctx.db)
    return createHmac('sha256', `device ${await key}`)
      .update(text)
      .digest('base64url')
  }
  const markOf = async (id: string, username: string) => (await sign(`${id} ${username}`)).slice(0, 16)

  async function read(req: IncomingMessage): Promise<Device | null> {
    const [text = '', signature = ''] = cookieOf(req)?.split('~') ?? []
    if (!isSame(signature, await sign(text))) return null
    const [id = '', until = '', ...marks] = text.split('.')
    return Number(until) > ctx.clock.now() ? { id, marks } : null
  }

  return {
    async known(req, username) {
      const device = await read(req)
      return device?.marks.includes(await markOf(device.id, username)) ? device.id : null
    },
    async remember(req, res, username) {
      const device = (await read(req)) ?? { id: randomBytes(12).toString('base64url'), marks: [] }
      const mark = await markOf(device.id, username)
      const marks = [mark, ...device.marks.filter((one) => one !== mark)].slice(0, MAX_NAMES)
      const text = [device.id, ctx.clock.now() + KNOWN_MS, ...marks].join('.')
      const isHttps = (res.req.secure || ctx.config.publicOrigin?.startsWith('https:')) ?? false
      res.locals.lastCookie = [
        `${DEVICE_COOKIE}=${text}~${await sign(text)}`,
        `Max-Age=${KNOWN_MS / 1000}; Path=/api/session; HttpOnly; SameSite=Lax`,
        ...(isHttps ? ['Secure'] : []),
      ].join('; ')
    },
  }
}

function cookieOf(req: IncomingMessage): string | undefined {
  return /(?:^|;\s*)siteward\.device=([\w.~-]+)/.exec(req.headers.cookie ?? '')?.[1]
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
