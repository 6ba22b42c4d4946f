import type { Module } from '../module.ts'
import { startSpelling } from './spell.ts'

export const search: Module = {
  work: (ctx, { jobs }) => startSpelling(ctx, jobs),
}
