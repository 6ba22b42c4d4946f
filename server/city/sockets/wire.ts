import type { IncomingMessage, ServerResponse } from 'node:http'
import { constants, deflateRawSync } from 'node:zlib'
import type { Socket } from 'socket.io'
import type { WebSocket } from 'ws'
import type { z } from 'zod'
import type { Pushes } from '../../../shared/city/pushes.ts'

/*
 * Pushes as they go over the line. Socket.IO would write a payload anew for every socket, and compress it anew, each
 * time with memory of its own; here a push becomes bytes once, compressed or not, and all sockets share these.
 * `docs/decisions/shared-frames.md` says what that rests on.
 */

/** An Engine.IO connection, with the parts of it that its types do not tell. */
export type Connection = Socket['conn']
interface Innards {
  readonly writeBuffer: readonly { readonly data?: unknown }[]
  readonly transport: { readonly name: string; perMessageDeflate?: unknown; readonly socket?: WebSocket }
}
interface WebSocketInnards {
  readonly _socket?: object | null
  readonly _extensions: { readonly 'permessage-deflate'?: { cleanup(): void } }
}
const innards = (line: Connection) => line as unknown as Innards
const innardsOf = (socket: WebSocket) => socket as unknown as WebSocketInnards

/** Compression costs more than it saves below this (bytes). */
const PACK_FROM = 1024
/** Nearly as small as the best, in half the time. */
const LEVEL = 4

/**
 * Compression as agreed with web sockets: each message by itself, so that one compressed message fits all. The
 * library compresses none itself, which would also let a later, smaller one overtake it.
 */
export const MESSAGE_COMPRESSION = {
  threshold: Number.POSITIVE_INFINITY,
  serverNoContextTakeover: true,
  clientNoContextTakeover: true,
}

/** A push, ready to be written to any number of sockets. */
export interface Push {
  readonly text: string
  readonly plain: readonly Buffer[]
  readonly packed: readonly Buffer[] | null
}

export function encode<E extends keyof Pushes>(event: E, payload: z.output<Pushes[E]>): Push {
  // `2` is an event in Socket.IO's protocol, `4` a message in Engine.IO's.
  const text = `2${JSON.stringify([event, payload])}`
  const body = Buffer.from(`4${text}`)
  return {
    text,
    plain: framed(body, false),
    packed: body.length < PACK_FROM ? null : framed(packed(body), true),
  }
}

/** RFC 7692: raw deflate up to a flush, without the empty block that the flush ends with. */
function packed(body: Buffer): Buffer {
  const deflated = deflateRawSync(body, { level: LEVEL, finishFlush: constants.Z_SYNC_FLUSH })
  return deflated.subarray(0, -4)
}

/** RFC 6455: one text frame of a server, in two parts that share nothing with other frames. */
function framed(body: Buffer, isPacked: boolean): readonly Buffer[] {
  const first = isPacked ? 0xc1 : 0x81
  const { length } = body
  if (length < 126) return [Buffer.from([first, length]), body]
  const head = Buffer.alloc(length < 65_536 ? 4 : 10)
  head[0] = first
  head[1] = length < 65_536 ? 126 : 127
  if (length < 65_536) head.writeUInt16BE(length, 2)
  else head.writeBigUInt64BE(BigInt(length), 2)
  return [head, body]
}

/** Has frames that are ready written as they are, and little kept while nothing is said. Call for each new connection. */
export function prepareConnection(line: Connection): void {
  const prepare = () => {
    const { transport } = innards(line)
    transport.perMessageDeflate = null
    if (transport.socket) travelsLight(transport.socket)
  }
  prepare()
  line.on('upgrade', prepare)
}

/** Has what follows when the web socket of a connection is gone be done by `later`. */
export function onGone(line: Connection, later: (end: () => void) => void): void {
  const put = () => {
    const { socket } = innards(line).transport
    const [end] = socket?.listeners('close') ?? []
    if (!socket || !end) return
    socket.removeListener('close', end as () => void)
    socket.once('close', (...why) => later(() => end.apply(socket, why)))
  }
  put()
  line.on('upgrade', put)
}

/** Answers to handshakes by web socket, by the socket below. */
const answers = new WeakMap<object, ServerResponse>()

/** Engine.IO will keep this answer for as long as its line is open, and with it the request, its session and all that these hold. */
export function answeredWith(req: IncomingMessage, res: ServerResponse): void {
  answers.set(req.socket, res)
}

/**
 * Takes from a web socket what is not needed any more once it is open: 6 kB of its handshake; and 40 kB of what unpacks messages, of
 * which a browser sends two or three a minute, each compressed by itself.
 */
function travelsLight(socket: WebSocket): void {
  const { _socket, _extensions } = innardsOf(socket)
  const answer = _socket && answers.get(_socket)
  if (answer) Object.assign(answer, EMPTY)
  const unpacking = _extensions['permessage-deflate']
  if (unpacking) socket.on('message', () => unpacking.cleanup())
}
const EMPTY = { req: undefined, socket: undefined, writeHead: undefined, end: undefined }

/** Writes a push. `onSent`: when the operating system has taken it. */
export function write(line: Connection, push: Push, onSent?: () => void): void {
  const frame = push.packed && unpacks(line) ? push.packed : push.plain
  const options = { compress: true, wsPreEncodedFrame: frame }
  line.write(push.text, options as { compress: boolean }, onSent)
}

/** Whether the web socket agreed to compression, with the window that we compress for. */
function unpacks(line: Connection): boolean {
  const { socket } = innards(line).transport
  if (!socket?.extensions.includes('permessage-deflate')) return false
  return !line.request.headers['sec-websocket-extensions']?.includes('server_max_window_bits')
}

/** What waits for a client: pushes, and their bytes (before compression). */
export function backlogOf(line: Connection): { pushes: number; bytes: number } {
  const { writeBuffer, transport } = innards(line)
  let bytes = transport.socket?.bufferedAmount ?? 0
  for (const { data } of writeBuffer) bytes += typeof data === 'string' ? data.length : 0
  return { pushes: writeBuffer.length, bytes }
}

/** Ends a connection whose client may not read: it is told in the close frame, and has `graceMs` to see it. */
export function cut(line: Connection, reason: string, graceMs: number): void {
  const { socket } = innards(line).transport
  socket?.close(CUT, reason)
  if (socket) setTimeout(() => socket.terminate(), graceMs).unref()
  line.close(true)
}
/** A code of our own (RFC 6455, 7.4.2); the reason says more. */
const CUT = 4008

/** Calls back for every frame of the client, pings included. */
export function onFrame(line: Connection, heard: () => void): void {
  const hear = () => innards(line).transport.socket?.on('ping', heard)
  line.on('packet', heard)
  line.on('upgrade', hear)
  hear()
}
