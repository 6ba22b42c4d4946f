import { createHmac } from 'node:crypto'
import type { ChannelKind } from '../../../../shared/desk/notifications/notifications.ts'
import type { ChannelSecrets } from '../../../base/secrets/stored.ts'

export type RobotKind = Extract<ChannelKind, 'wecom' | 'dingtalk' | 'feishu'>

/**
 * Limits of the robots: the longest text in bytes and messages a minute. WeCom: markdown of 4096 bytes, 20 a
 * minute. DingTalk: 20 a minute, whoever sends more is cut off for ten; its text has 20,000 bytes. Feishu: 100 a
 * minute, and 20 KB for a whole request, whose JSON may double what is quoted.
 */
export const ROBOT_LIMITS: Record<RobotKind, { bytes: number; perMinute: number }> = {
  wecom: { bytes: 4096, perMinute: 20 },
  dingtalk: { bytes: 18_000, perMinute: 20 },
  feishu: { bytes: 9_000, perMinute: 100 },
}

export interface RobotRequest {
  readonly url: URL
  readonly body: object
}

const hmac = (key: string, text: string) => createHmac('sha256', key).update(text).digest('base64')

/** A markdown message as each robot wants it, signed at `now` (epoch ms) if it has a secret. */
export function robotRequest(
  kind: RobotKind,
  { url: address = '', secret }: ChannelSecrets,
  { title, markdown }: { title: string; markdown: string },
  now: number,
): RobotRequest {
  const url = new URL(address)
  switch (kind) {
    case 'wecom':
      return { url, body: { msgtype: 'markdown', markdown: { content: markdown } } }
    case 'dingtalk':
      if (secret) {
        url.searchParams.set('timestamp', String(now))
        url.searchParams.set('sign', hmac(secret, `${now}\n${secret}`))
      }
      return { url, body: { msgtype: 'markdown', markdown: { title, text: markdown } } }
    case 'feishu': {
      const timestamp = String(Math.floor(now / 1000))
      // The key is what is signed elsewhere; what is signed here is nothing.
      const signature = secret ? { timestamp, sign: hmac(`${timestamp}\n${secret}`, '') } : {}
      return { url, body: { ...signature, msg_type: 'interactive', card: feishuCard(title, markdown) } }
    }
  }
}

function feishuCard(title: string, markdown: string): object {
  return {
    config: { wide_screen_mode: true },
    header: { title: { tag: 'plain_text', content: title } },
    elements: [{ tag: 'markdown', content: markdown }],
  }
}

export interface RobotVerdict {
  readonly ok: boolean
  readonly code: string | null
  readonly text: string
  /** Trying again cannot help before somebody changes the channel. */
  readonly isFinal: boolean
}

/** WeCom: no such robot, text refused. DingTalk: sign, keyword or address not allowed. Feishu: the same. */
const FINAL = new Set([93000, 40058, 40008, 310000, 300001, 19021, 19022, 19024, 19001, 9499])

/** What a robot's answer means: a 200 says nothing, its code does. */
export function readRobotAnswer(text: string): RobotVerdict {
  const answer = parse(text)
  const code = answer?.errcode ?? answer?.code ?? answer?.StatusCode
  if (answer === null || typeof code !== 'number') {
    return { ok: false, code: 'bad_answer', text, isFinal: false }
  }
  const words = answer.errmsg ?? answer.msg ?? answer.StatusMessage
  return {
    ok: code === 0,
    code: String(code),
    text: typeof words === 'string' ? words : text,
    isFinal: FINAL.has(code),
  }
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text)
    return value !== null && typeof value === 'object' && !Array.isArray(value) ? { ...value } : null
  } catch {
    return null
  }
}
