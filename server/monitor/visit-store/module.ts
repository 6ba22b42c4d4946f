import type { Module } from '../../base/module.ts'
import { startPackWorker } from './worker.ts'

export const visits: Module = {
  work: (ctx, { jobs }) => startPackWorker(ctx, jobs),
}
