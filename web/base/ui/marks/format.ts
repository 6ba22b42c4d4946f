import { localStamp } from '../../../../shared/base/time.ts'

/** The local time of day, 'HH:MM:SS', of an instant (epoch ms). */
export function formatClock(atMs: number): string {
  return localStamp(atMs).slice(11)
}

/** Local day and time, 'YYYY-MM-DD HH:MM:SS'. */
export function formatTime(at: number | string): string {
  return localStamp(typeof at === 'string' ? Date.parse(at) : at)
}

/** 6.1 for 6.10, 12 for 12.00: a share in per cent as people write it. */
export function formatShare(percent: number): string {
  return String(Math.round(percent * 10) / 10)
}
