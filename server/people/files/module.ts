import type { Module } from '../../base/module.ts'
import { startFileWorker } from './keep.ts'

export const files: Module = {
  work: (ctx, { jobs }) => startFileWorker(ctx, jobs),
}
