import type { Socket } from 'node:net'
import type { Address } from './dns.ts'

/** RFC 8305 section 5. */
const ATTEMPT_DELAY_MS = 250
const MAX_ATTEMPTS = 4

export interface DialPlan {
  addresses: readonly Address[]
  open: (address: Address) => Socket
  won: (socket: Socket, address: Address) => void
  lost: (error: Error) => void
}

/** First one of each family, so that a dead family costs one attempt and not all. */
function interleaved(addresses: readonly Address[]): Address[] {
  const four = addresses.filter((address) => address.family === 4)
  const six = addresses.filter((address) => address.family === 6)
  const mixed = four.flatMap((address, index) => [address, ...six.slice(index, index + 1)])
  return [...mixed, ...six.slice(four.length)].slice(0, MAX_ATTEMPTS)
}

/**
 * Connects to the first of several addresses that accepts. A slow attempt stays in the race while the next one
 * starts, so that a site whose IPv4 or IPv6 is dead is still reached over the other.
 */
export class Dialer {
  readonly #plan: DialPlan
  readonly #queue: Address[]
  readonly #racing = new Set<Socket>()
  #timer: NodeJS.Timeout | undefined
  #firstError: Error | null = null
  #isOver = false

  constructor(plan: DialPlan) {
    this.#plan = plan
    this.#queue = plan.addresses.length > 1 ? interleaved(plan.addresses) : [...plan.addresses]
  }

  start(): void {
    const address = this.#queue.shift()
    if (!address) return
    const socket = this.#plan.open(address)
    this.#racing.add(socket)
    socket.once('connect', () => this.#win(socket, address))
    socket.on('error', (error) => this.#lose(socket, error))
    if (this.#queue.length > 0) this.#timer = setTimeout(() => this.start(), ATTEMPT_DELAY_MS)
  }

  cancel(): void {
    this.#isOver = true
    clearTimeout(this.#timer)
    for (const socket of this.#racing) socket.destroy()
  }

  #win(socket: Socket, address: Address): void {
    if (this.#isOver) return
    this.#racing.delete(socket)
    this.cancel()
    this.#plan.won(socket, address)
  }

  #lose(socket: Socket, error: Error): void {
    if (this.#isOver) return
    this.#racing.delete(socket)
    this.#firstError ??= error
    clearTimeout(this.#timer)
    if (this.#queue.length > 0) this.start()
    else if (this.#racing.size === 0) this.#plan.lost(this.#firstError)
  }
}
