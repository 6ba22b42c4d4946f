import { isIP } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Addresses and names that an operator allows although they are not on the public internet. */
export interface GuardOptions {
  /** CIDR blocks such as `10.20.0.0/16` or `fd00::/8`. */
  allowAddresses: readonly string[]
  /** `name`, `*.suffix`, or either with `:port`; without a port, every port. */
  allowHosts: readonly string[]
}

export type Guard = (hostname: string, port: number, address: string) => boolean

type Address = ipaddr.IPv4 | ipaddr.IPv6

const NAT64 = ipaddr.IPv6.parse('64:ff9b::')

/** NAT64 is how an IPv6-only monitor reaches IPv4 sites; what counts is the IPv4 address inside. */
function embedded(address: Address): Address {
  if (!(address instanceof ipaddr.IPv6)) return address
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  if (address.match(NAT64, 96)) return new ipaddr.IPv4(address.toByteArray().slice(12))
  return address
}

const GLOBAL = ipaddr.IPv6.parse('2000::')

/** Of IPv6 only 2000::/3 is given out; `::127.0.0.1` and the like are called unicast too. */
function isPublic(address: Address): boolean {
  if (address.range() !== 'unicast') return false
  return address instanceof ipaddr.IPv4 || address.match(GLOBAL, 3)
}

function matchesHost(pattern: string, hostname: string, port: number): boolean {
  const [name = '', only] = pattern.toLowerCase().split(/:(\d+)$/)
  if (only !== undefined && Number(only) !== port) return false
  return name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name
}

/** Addresses whose answer is remembered: sites are visited at the same ones again and again. */
const MOST_KNOWN = 100_000

function inBlock(address: Address, [block, bits]: [Address, number]): boolean {
  return address.kind() === block.kind() && address.match(block, bits)
}

/**
 * Decides whether the monitor may connect to `address`, found under `hostname`. Everything that is not a public
 * unicast address is refused, so that nobody who can edit the register, a DNS zone or a redirect can make the
 * monitor read this machine or its network.
 */
export function createGuard({ allowAddresses, allowHosts }: GuardOptions): Guard {
  const blocks = allowAddresses.map((cidr) => ipaddr.parseCIDR(cidr) as [Address, number])
  const isAllowed = (text: string): boolean => {
    const address = embedded(ipaddr.parse(text))
    return isPublic(address) || blocks.some((block) => inBlock(address, block))
  }
  const known = new Map<string, boolean>()
  return (hostname, port, text) => {
    if (isIP(text) === 0) return false
    const allowed = known.get(text) ?? isAllowed(text)
    if (known.size >= MOST_KNOWN) known.clear()
    known.set(text, allowed)
    return allowed || allowHosts.some((pattern) => matchesHost(pattern, hostname, port))
  }
}
