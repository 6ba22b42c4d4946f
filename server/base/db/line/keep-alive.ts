import { SECOND } from '../../../../shared/base/time.ts'

/**
 * Ends TCP connections to a machine that is gone, on both sides, within a quarter of a minute where nothing is under way:
 * whoever pulled the cable holds no locks for long. The server's names for it; what a connection string says wins.
 */
export const KEEP_ALIVE = {
  keepAlive: true,
  keepAliveInitialDelayMillis: 5 * SECOND,
  options: [
    '-c tcp_keepalives_idle=5',
    '-c tcp_keepalives_interval=5',
    '-c tcp_keepalives_count=2',
    '-c tcp_user_timeout=15000',
  ].join(' '),
} as const
