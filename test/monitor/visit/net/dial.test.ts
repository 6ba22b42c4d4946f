import { EventEmitter } from 'node:events'
import type { Socket } from 'node:net'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { Dialer } from '../../../../server/monitor/visit/net/dial.ts'
import type { Address } from '../../../../server/monitor/visit/net/dns.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

const four = (address: string): Address => ({ address, family: 4 })
const six = (address: string): Address => ({ address, family: 6 })

/** A dialler whose sockets do what the test says; connections that hang cannot be had on a loopback. */
function dial(addresses: Address[]) {
  const sockets = new Map<string, EventEmitter & { destroyed: boolean }>()
  const ended: string[] = []
  const dialer = new Dialer({
    addresses,
    open({ address }) {
      const socket = Object.assign(new EventEmitter(), {
        destroyed: false,
        destroy: () => (socket.destroyed = true),
      })
      sockets.set(address, socket)
      return socket as unknown as Socket
    },
    won: (_socket, { address }) => ended.push(`won ${address}`),
    lost: (error) => ended.push(`lost ${error.message}`),
  })
  dialer.start()
  return { dialer, sockets, ended, tried: () => [...sockets.keys()] }
}

test('a slow address stays in the race while the other family starts', () => {
  const { sockets, ended, tried } = dial([four('a'), four('b'), six('c')])
  expect(tried()).toEqual(['a'])
  vi.advanceTimersByTime(250)
  expect(tried()).toEqual(['a', 'c'])
  sockets.get('a')!.emit('connect')
  expect(ended).toEqual(['won a'])
  expect(sockets.get('c')!.destroyed).toBe(true)
  vi.advanceTimersByTime(1000)
  expect(tried()).toEqual(['a', 'c'])
})

test('a refused address makes way at once', () => {
  const { sockets, tried } = dial([four('a'), four('b')])
  sockets.get('a')!.emit('error', new Error('refused'))
  expect(tried()).toEqual(['a', 'b'])
})

test('the last address is waited for after all others failed', () => {
  const { sockets, ended } = dial([four('a'), six('b')])
  vi.advanceTimersByTime(250)
  sockets.get('b')!.emit('error', new Error('unreachable'))
  expect(ended).toEqual([])
  vi.advanceTimersByTime(10_000)
  sockets.get('a')!.emit('connect')
  expect(ended).toEqual(['won a'])
})

test('when all fail the first failure is told', () => {
  const { sockets, ended } = dial([four('a'), six('b')])
  sockets.get('a')!.emit('error', new Error('refused'))
  sockets.get('b')!.emit('error', new Error('unreachable'))
  expect(ended).toEqual(['lost refused'])
})

test('a cancelled dial tells nothing and leaves nothing open', () => {
  const { dialer, sockets, ended, tried } = dial([four('a'), four('b')])
  dialer.cancel()
  sockets.get('a')!.emit('connect')
  sockets.get('a')!.emit('error', new Error('late'))
  vi.advanceTimersByTime(1000)
  expect([ended, tried(), sockets.get('a')!.destroyed]).toEqual([[], ['a'], true])
})

test('four addresses are tried at most, the families in turn', () => {
  const { tried } = dial([four('a'), four('b'), four('c'), six('d'), six('e'), six('f')])
  vi.advanceTimersByTime(5000)
  expect(tried()).toEqual(['a', 'd', 'b', 'e'])
})
