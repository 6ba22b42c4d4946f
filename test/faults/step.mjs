import { readFileSync, watchFile } from 'node:fs'

/* Loaded before the product (`NODE_OPTIONS=--import=…`): its clock is ahead by as many milliseconds as the file says. */
const file = process.env.FAULT_CLOCK ?? ''
const RealDate = Date
let aheadMs = 0
const look = () => {
  try {
    aheadMs = Number(readFileSync(file, 'utf8')) || 0
  } catch {}
}
watchFile(file, { interval: 100 }, look).unref()

globalThis.Date = class extends RealDate {
  constructor(...given) {
    super(...(given.length > 0 ? given : [RealDate.now() + aheadMs]))
  }
  static now() {
    return RealDate.now() + aheadMs
  }
}
