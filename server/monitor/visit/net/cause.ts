import type { Cause } from '../../../../shared/monitor/visit/probes.ts'

const BY_CODE: Record<string, Cause> = {
  ECONNREFUSED: 'refused',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  EADDRNOTAVAIL: 'unreachable',
  EAFNOSUPPORT: 'unreachable',
  EHOSTDOWN: 'unreachable',
  ENETDOWN: 'unreachable',
  EACCES: 'unreachable',
  EPERM: 'unreachable',
  ETIMEDOUT: 'timeout',
  EPIPE: 'reset',
  ECONNABORTED: 'reset',
  EMFILE: 'monitor_error',
  ENFILE: 'monitor_error',
  ENOBUFS: 'monitor_error',
  ENOMEM: 'monitor_error',
  EADDRINUSE: 'monitor_error',
}

/**
 * The cause behind a socket's error. Node gives `ECONNRESET` both to a reset by the peer and to a peer that
 * closed during the handshake; only the first came from a system call.
 */
export function networkCause(error: NodeJS.ErrnoException): Cause {
  if (error.code === 'ECONNRESET') return error.syscall ? 'reset' : 'closed'
  return BY_CODE[error.code ?? ''] ?? 'monitor_error'
}

const NO_WAY: ReadonlySet<string | undefined> = new Set(['ENETUNREACH', 'EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/** Whether a kernel says that no way leads out of here to addresses of that kind. */
export const isNoWay = ({ code }: NodeJS.ErrnoException): boolean => NO_WAY.has(code)
