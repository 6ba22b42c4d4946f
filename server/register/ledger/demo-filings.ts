/**
 * Filing numbers and telephone that the demo gives a site, in the register and on its pages alike; made of its code, so that
 * no two have the same and all are plainly made up.
 */
export function madeUpFilings(code: string): {
  readonly icp: string
  readonly police: string
  readonly phone: string
} {
  const [division, serial] = [code.slice(0, 6), code.slice(6)]
  return {
    icp: `粤ICP备05${division.slice(4)}${serial}号`,
    police: `粤公网安备 ${division}0200${serial}号`,
    phone: `020-0000 ${division.slice(5)}${serial.slice(1)}`,
  }
}
