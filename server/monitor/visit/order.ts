import type { Cause } from '../../../shared/monitor/visit/probes.ts'
import type { Head } from './http/head.ts'

export type Refused = { kind: 'refused'; cause: Cause }

export interface Order {
  url: URL
  request: string
  maxBytes: number
  wantsBody: (head: Head) => boolean
}
