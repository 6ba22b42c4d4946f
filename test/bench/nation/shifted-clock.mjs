/*
 * Given to a process by `--import`: its clock is ahead by CLOCK_AHEAD_MS, so that midnight comes when it is wanted.
 */
const aheadMs = Number(process.env.CLOCK_AHEAD_MS ?? 0)
const Real = Date

if (aheadMs !== 0) {
  globalThis.Date = class Ahead extends Real {
    constructor(...given) {
      super(...(given.length === 0 ? [Real.now() + aheadMs] : given))
    }
    static now() {
      return Real.now() + aheadMs
    }
  }
}
