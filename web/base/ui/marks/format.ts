import { localMinute, localMoment, localStamp } from '../../../../shared/base/time.ts'

/**
 * How screens write times and figures. Each form of a time has a name, so that all screens write it alike: nobody cuts
 * one out of another.
 */

const msOf = (at: number | string): number => (typeof at === 'string' ? Date.parse(at) : at)

/** The local time of day, 'HH:MM:SS', of an instant (epoch ms). */
export const formatClock = (atMs: number): string => localStamp(atMs).slice(11)

/** Local day and time, 'YYYY-MM-DD HH:MM:SS'. */
export const formatTime = (at: number | string): string => localStamp(msOf(at))

/** Local day and time to the minute, 'YYYY-MM-DD HH:MM'. */
export const formatMinute = (at: number | string): string => localMinute(msOf(at))

/** Where the year is plain: 'MM-DD HH:MM'. */
export const formatMoment = (at: number | string): string => localMoment(msOf(at))

/** Where the year is plain and seconds matter: 'MM-DD HH:MM:SS'. */
export const formatSecond = (at: number | string): string => localStamp(msOf(at)).slice(5)

/** 6.1 for 6.10, 12 for 12.00: a share in per cent as people write it. */
export function formatShare(percent: number): string {
  return String(Math.round(percent * 10) / 10)
}
