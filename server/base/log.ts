import { createRequire } from 'node:module'
import { type Logger, pino } from 'pino'
import type { Config } from './config.ts'

/** Lines of JSON for machines; on a terminal, lines for people. */
export function createLog(config: Pick<Config, 'logLevel' | 'logFormat' | 'role'>): Logger {
  const options = { level: config.logLevel, base: config.role === 'all' ? {} : { role: config.role } }
  const isPretty = config.logFormat === 'pretty' || (config.logFormat === 'auto' && process.stdout.isTTY)
  if (!isPretty) return pino(options)
  // Most write for machines, and keep no formatter in memory.
  const pretty: typeof import('pino-pretty') = createRequire(import.meta.url)('pino-pretty')
  return pino(options, pretty({ colorize: process.stdout.isTTY, translateTime: 'SYS:HH:MM:ss', sync: false }))
}
