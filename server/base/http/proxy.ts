import type { IncomingMessage } from 'node:http'
import ipaddr from 'ipaddr.js'
import proxyaddr from 'proxy-addr'

/**
 * Which proxies are believed, as Express' `trust proxy` has it: so many in front of us, or those at these
 * addresses, subnets and names of ranges (`loopback`, `linklocal`, `uniquelocal`). 0: none.
 */
export type TrustedProxies = number | readonly string[]

/** @throws TypeError naming what is no address */
export function parseProxies(parts: readonly string[]): TrustedProxies {
  const [first = '0'] = parts
  if (parts.length <= 1 && /^\d{1,2}$/.test(first)) return Number(first)
  // The library would read a larger number as an address written as one.
  const unread = parts.find((part) => /^\d+$/.test(part))
  if (unread !== undefined) throw new TypeError(`not an address: ${unread}`)
  proxyaddr.compile([...parts])
  return parts
}

/** Whether the proxy at `address`, `hops` away from the one that is connected to us, is believed. */
export function trustOf(proxies: TrustedProxies): (address: string, hops: number) => boolean {
  if (typeof proxies === 'number') return (_address, hops) => hops < proxies
  return proxyaddr.compile([...proxies])
}

/** Whether the headers of this request are those of a proxy that is believed. Also for a socket's handshake. */
export function isByProxy(req: IncomingMessage, proxies: TrustedProxies): boolean {
  return trustOf(proxies)(req.socket.remoteAddress ?? '', 0)
}

/** The address that a request or a socket's handshake comes from, as Express' `req.ip` says it. */
export function addressOf(req: IncomingMessage, proxies: TrustedProxies): string {
  return proxyaddr(req, trustOf(proxies)) ?? ''
}

/** The address, or its /64 for IPv6: a household or an office has a whole one. */
export function networkOf(address: string): string {
  if (!ipaddr.isValid(address)) return address
  const parsed = ipaddr.process(address)
  return parsed instanceof ipaddr.IPv6
    ? `${parsed.parts
        .slice(0, 4)
        .map((part) => part.toString(16))
        .join(':')}::/64`
    : parsed.toString()
}
