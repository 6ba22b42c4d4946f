import net, { type Socket } from 'node:net'
import { type ProberParts, portOf } from '../fetcher.ts'

/*
 * Servers with nothing but the national cryptography (GB/T 38636-2020, TLCP: SM2, SM3, SM4) do not understand the greeting of
 * anybody else, and a browser for them is what offices use. It is no fault of such a site that this monitor cannot read it.
 */

/** TLCP is version 1.1 of its own: the two bytes with which each of its records is marked. */
const VERSION = [0x01, 0x01]
/** ECDHE_SM4_CBC_SM3, ECC_SM4_CBC_SM3, ECDHE_SM4_GCM_SM3, ECC_SM4_GCM_SM3. */
const SUITES = [0xe0, 0x11, 0xe0, 0x13, 0xe0, 0x51, 0xe0, 0x53]
const HANDSHAKE = 0x16
const CLIENT_HELLO = 0x01
const RANDOM_BYTES = 32

/** The greeting of TLCP, as bytes. */
function greeting(): Buffer {
  const body = [...VERSION, ...new Uint8Array(RANDOM_BYTES).fill(1), 0, 0, SUITES.length, ...SUITES, 1, 0]
  const hello = [CLIENT_HELLO, 0, 0, body.length, ...body]
  return Buffer.from([HANDSHAKE, ...VERSION, 0, hello.length, ...hello])
}

/** Whether the server at this address answers the greeting of TLCP by one of its own. Never throws. */
export async function speaksNational(
  parts: Pick<ProberParts, 'resolve' | 'isAllowed'>,
  url: URL,
  deadlineMs: number,
): Promise<boolean> {
  const hostname = url.hostname.replace(/^\[|\]$/g, '')
  const port = portOf(url)
  const found = await parts.resolve(hostname)
  if ('cause' in found) return false
  const address = found.addresses.find((one) => parts.isAllowed(hostname, port, one.address))
  return address !== undefined && greet(net.connect({ host: address.address, port }), deadlineMs)
}

function greet(socket: Socket, deadlineMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const end = (isNational: boolean) => {
      socket.destroy()
      resolve(isNational)
    }
    socket.setTimeout(deadlineMs, () => end(false))
    socket.once('connect', () => socket.write(greeting()))
    socket.once('data', ([kind, ...version]) =>
      end(kind === HANDSHAKE && version[0] === VERSION[0] && version[1] === VERSION[1]),
    )
    socket.once('error', () => end(false))
    socket.once('close', () => end(false))
  })
}
