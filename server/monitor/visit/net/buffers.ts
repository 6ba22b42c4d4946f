const SIZE = 65_536
/** As many as are read into at a time where a nation is visited: what is made beyond them has all memory looked through. */
const MAX_IDLE = 256
const idle: Buffer[] = []

/** A buffer that a socket reads into. Reused from visit to visit: allocating one costs more than filling it. */
export function leaseBuffer(): Buffer {
  return idle.pop() ?? Buffer.allocUnsafeSlow(SIZE)
}

/** Only when the socket is closed: until then it may still read into it. */
export function returnBuffer(buffer: Buffer): void {
  if (idle.length < MAX_IDLE) idle.push(buffer)
}
