import { createHmac } from 'node:crypto'
import { cut } from '../../../../shared/base/text.ts'
import type {
  ChannelKind,
  DeliveryAnswer,
  MailSettings,
  Notice,
} from '../../../../shared/desk/notifications/notifications.ts'
import type { SecretKeys } from '../../../base/secrets/keys.ts'
import { type ChannelSecrets, openChannel, type StoredChannelSecrets } from '../../../base/secrets/stored.ts'
import { toJson, toMarkdown, toPlainText } from '../../notices/render.ts'
import { sendMail } from '../channels/mail.ts'
import { type Outlet, type Posted, postJson, Unreachable } from '../channels/outlet.ts'
import { ROBOT_LIMITS, type RobotKind, readRobotAnswer, robotRequest } from '../channels/robots.ts'
import { hideSecrets } from '../channels/secrets.ts'

export interface Outgoing {
  readonly id: number
  readonly kind: ChannelKind
  readonly mail: MailSettings | null
  /** As they are stored. */
  readonly secrets: StoredChannelSecrets
  readonly address: string
  readonly notice: Notice
}

type Opened = Omit<Outgoing, 'secrets'> & { readonly secrets: ChannelSecrets }

export interface Attempt {
  readonly answer: DeliveryAnswer
  /** Trying again cannot help. */
  readonly isFinal: boolean
  /** Its endpoint was not there: others would fare no better. */
  readonly isAway: boolean
  /** How long the endpoint asked to be left alone. */
  readonly retryAfterMs: number | null
}

type Sent = Omit<DeliveryAnswer, 'ms'> & {
  isFinal?: boolean
  isAway?: boolean
  retryAfter?: string | undefined
}

const MAX_TEXT = 500
const MAX_CODE = 100

/**
 * Sends one message and says what came of it. Never throws: whatever happens is data, a key that this process does not have
 * too (it was changed, and this process is to be restarted yet).
 */
export async function attempt(
  line: Outlet,
  out: Outgoing,
  { origin, now, keys }: { origin: string | undefined; now: number; keys: SecretKeys },
): Promise<Attempt> {
  const started = performance.now()
  let secrets: ChannelSecrets = {}
  const open = async () => {
    secrets = openChannel(keys, out.secrets)
    return send(line, { ...out, secrets }, origin, now)
  }
  const sent = await open().catch(failed)
  const { isFinal = false, isAway = false, retryAfter, ...answer } = sent
  return {
    answer: {
      ...answer,
      text: cut(hideSecrets(answer.text, secrets), MAX_TEXT),
      code: answer.code === null ? null : cut(answer.code, MAX_CODE),
      ms: Math.round(performance.now() - started),
    },
    isFinal: isFinal && !answer.ok,
    isAway,
    retryAfterMs: parseRetryAfter(retryAfter, now),
  }
}

async function send(line: Outlet, out: Opened, origin: string | undefined, now: number): Promise<Sent> {
  const { kind, notice, secrets } = out
  switch (kind) {
    case 'inbox':
      return { ok: true, status: null, code: null, text: '' }
    case 'email':
      return sendByMail(line, out, origin)
    case 'webhook':
      return sendToProgram(line, out, origin, now)
    default: {
      const markdown = toMarkdown(notice, origin, ROBOT_LIMITS[kind].bytes)
      return sendToRobot(line, kind, secrets, { title: notice.title, markdown }, now)
    }
  }
}

async function sendByMail(line: Outlet, out: Opened, origin: string | undefined): Promise<Sent> {
  if (!out.mail) throw new Unreachable('no_server')
  const { notice } = out
  const mail = { to: out.address, subject: notice.title, text: toPlainText(notice, origin) }
  const text = await sendMail(line, out.mail, out.secrets.password, mail)
  return { ok: true, status: Number(text.slice(0, 3)) || 250, code: null, text }
}

/**
 * `X-Siteward-Signature: sha256=<hex>` is the HMAC of `<X-Siteward-Timestamp>.<body>` under the channel's secret,
 * so that an old message cannot be played again.
 */
async function sendToProgram(
  line: Outlet,
  out: Opened,
  origin: string | undefined,
  now: number,
): Promise<Sent> {
  const { url = '', secret } = out.secrets
  const to = { id: out.id, to: out.address, at: new Date(now).toISOString() }
  const body = toJson(out.notice, origin, to)
  const timestamp = String(Math.floor(now / 1000))
  const sign = secret ? createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex') : null
  const posted = await postJson(line, new URL(url), body, {
    'x-siteward-timestamp': timestamp,
    'x-siteward-delivery': String(out.id),
    ...(sign && { 'x-siteward-signature': `sha256=${sign}` }),
  })
  return byStatus(posted)
}

async function sendToRobot(
  line: Outlet,
  kind: RobotKind,
  secrets: ChannelSecrets,
  message: { title: string; markdown: string },
  now: number,
): Promise<Sent> {
  const { url, body } = robotRequest(kind, secrets, message, now)
  const posted = await postJson(line, url, JSON.stringify(body))
  const sent = byStatus(posted)
  const verdict = readRobotAnswer(posted.text)
  // Feishu says why in the body of a 400, too.
  return sent.ok || verdict.code !== 'bad_answer' ? { ...sent, ...verdict, ok: sent.ok && verdict.ok } : sent
}

/** Errors that are ours: trying again sends the same. */
const isOurs = (status: number) => status >= 300 && status < 500 && ![408, 409, 425, 429].includes(status)

function byStatus({ status, text, retryAfter }: Posted): Sent {
  return { ok: status >= 200 && status < 300, status, code: null, text, isFinal: isOurs(status), retryAfter }
}

function failed(error: unknown): Sent {
  const { responseCode, response, code, command, message } = error as {
    responseCode?: number
    response?: string
    code?: string
    command?: string
    message: string
  }
  const why = error instanceof Unreachable ? message : (code ?? 'failed')
  return {
    ok: false,
    status: responseCode ?? null,
    code: why,
    text: response ?? (error instanceof Unreachable ? '' : message),
    // A mail server's 5yz is for good (RFC 5321, 4.2.1).
    isFinal: (responseCode ?? 0) >= 500,
    // As nodemailer says it of a connection that is not to be had, or silent.
    isAway: error instanceof Unreachable || command === 'CONN',
  }
}

/** RFC 9110, 10.2.3: seconds or a date. */
export function parseRetryAfter(text: string | undefined, now: number): number | null {
  if (text === undefined) return null
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000
  const at = Date.parse(text)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}
